// The memory of one parse, which its thread keeps for the next one: fresh memory costs a page fault each 4
// KB.
//
//   ArenaMemory memory;
//   memory.data();            // ArenaMemory::size bytes, not initialized, aligned for any type
//   memory.set_used(1'000);   // how many of them were written
//
// Contract: movable; may be destroyed by another thread, which then keeps it. What is not written takes
// address space alone. A thread keeps one block, and none of which more than max_kept was written.
#pragma once

#include <cstddef>
#include <memory>

namespace parse {

class ArenaMemory {
 public:
  static constexpr std::size_t size = 64 * 1024 * 1024;
  /// Enough for pages of 1 MB, and bearable for each of a few threads.
  static constexpr std::size_t max_kept = 16 * 1024 * 1024;

  ArenaMemory();
  ArenaMemory(ArenaMemory&&) = default;
  ArenaMemory& operator=(ArenaMemory&&) = default;
  ~ArenaMemory();

  std::byte* data() const { return memory_.get(); }
  void set_used(std::size_t used) { is_kept_ = used <= max_kept; }

 private:
  std::unique_ptr<std::byte[]> memory_;
  bool is_kept_ = true;
};

}  // namespace parse
