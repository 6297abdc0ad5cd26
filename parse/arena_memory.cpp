#include "parse/arena_memory.h"

#include <utility>

namespace parse {
namespace {

thread_local std::unique_ptr<std::byte[]> kept;

}  // namespace

ArenaMemory::ArenaMemory() : memory_(std::move(kept)) {
  if (!memory_) memory_ = std::make_unique_for_overwrite<std::byte[]>(size);
}

ArenaMemory::~ArenaMemory() {
  if (memory_ && is_kept_) kept = std::move(memory_);
}

}  // namespace parse
