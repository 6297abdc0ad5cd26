// The memory of one parse, which its thread keeps for the next one: fresh memory costs a page fault each 4
// KB.
//
//   ArenaMemory memory(1'000'000);
//   memory.data();            // so many bytes at least, not initialized, aligned for any type
//   memory.set_used(1'000);   // how many of them were written
//
// Contract: movable; may be destroyed by another thread, which then keeps it. What is not written takes
// address space alone. A thread keeps one block, and none of which more than max_kept was written.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace parse {

class ArenaMemory {
 public:
  /// Enough for pages of 1 MB, and bearable for each of a few threads.
  static constexpr std::size_t max_kept = 16 * 1024 * 1024;

  explicit ArenaMemory(std::size_t size);
  ArenaMemory(ArenaMemory&&) = default;
  ArenaMemory& operator=(ArenaMemory&& other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~ArenaMemory();

  std::byte* data() const { return block_.bytes.get(); }
  void set_used(std::size_t used) { block_.is_kept = used <= max_kept; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
    bool is_kept = true;
  };
  static thread_local Block kept;

  Block block_;
};

}  // namespace parse
