// Tells HTML's elements by their names.
//
//   TagNames::get().find("blockquote");  // GUMBO_TAG_BLOCKQUOTE
//   TagNames::get().find("x-y");         // GUMBO_TAG_UNKNOWN
//
// Contract: names are in lower case. The table is made of gumbo's at its first use, and stays; thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <gumbo.h>

#include "parse/short_name.h"

namespace parse {

class TagNames {
 public:
  static const TagNames& get();

  GumboTag find(std::string_view name) const;

  /// Of ShortName::lower().
  GumboTag find(std::uint64_t name) const {
    std::size_t slot = slot_of(name);
    while (slots_[slot].name != name && slots_[slot].name != 0) slot = (slot + 1) % slot_count;
    return slots_[slot].tag;
  }

 private:
  /// For some 130 names.
  static constexpr std::size_t slot_count = 1024;

  struct Slot {
    std::uint64_t name = 0;
    GumboTag tag = GUMBO_TAG_UNKNOWN;
  };

  TagNames();
  static std::size_t slot_of(std::uint64_t name) {
    return (name * 0x9E3779B97F4A7C15U) >> 54;  // the upper 10 bits
  }

  std::array<Slot, slot_count> slots_;
};

}  // namespace parse
