#include "parse/arena_memory.h"

#include <bit>

namespace parse {

thread_local ArenaMemory::Block ArenaMemory::kept;

ArenaMemory::ArenaMemory(std::size_t size) {
  if (kept.bytes && kept.size >= size) {
    block_ = std::move(kept);
    return;
  }
  block_.size = std::bit_ceil(size);  // few sizes, so that the next one mostly fits
  block_.bytes = std::make_unique_for_overwrite<std::byte[]>(block_.size);
}

ArenaMemory::~ArenaMemory() {
  if (block_.bytes && block_.is_kept) kept = std::move(block_);
}

}  // namespace parse
