#include "parse/tag_name.h"

#include <algorithm>

namespace parse {
namespace {

/// All of `name` as one, if it is short and holds nothing but letters and digits; else 0.
std::uint64_t as_word(std::string_view name) {
  std::array<char, ShortName::longest> bytes{};
  if (name.size() > bytes.size()) return 0;
  std::ranges::copy(name, bytes.begin());
  const ShortName short_name(bytes.data());
  return short_name.size() == name.size() ? short_name.lower() : 0;
}

}  // namespace

const TagNames& TagNames::get() {
  static const TagNames names;
  return names;
}

TagNames::TagNames() {
  for (int i = 0; i < GUMBO_TAG_UNKNOWN; ++i) {
    const auto tag = static_cast<GumboTag>(i);
    const std::uint64_t name = as_word(gumbo_normalized_tagname(tag));
    if (name == 0) continue;
    std::size_t slot = slot_of(name);
    while (slots_[slot].name != 0) slot = (slot + 1) % slot_count;
    slots_[slot] = {name, tag};
  }
}

GumboTag TagNames::find(std::string_view name) const {
  constexpr std::size_t kLongest = 32;  // no name of HTML is longer
  if (name.size() > kLongest) return GUMBO_TAG_UNKNOWN;
  return gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size()));
}

}  // namespace parse
