// A set of HTML's elements, asked by one look into a table.
//
//   constexpr TagSet kCells{GUMBO_TAG_TD, GUMBO_TAG_TH};
//   kCells.contains(GUMBO_TAG_TD);               // true
//   constexpr TagSet kInRow = kCells | TagSet{GUMBO_TAG_TR};
//
// Contract: a constant expression.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <gumbo.h>

namespace parse {

class TagSet {
 public:
  constexpr TagSet(std::initializer_list<GumboTag> tags) {
    for (const GumboTag tag : tags) words_[tag / 64U] |= bit_of(tag);
  }

  friend constexpr TagSet operator|(TagSet a, const TagSet& b) {
    for (std::size_t i = 0; i < a.words_.size(); ++i) a.words_[i] |= b.words_[i];
    return a;
  }

  constexpr bool contains(GumboTag tag) const { return (words_[tag / 64U] & bit_of(tag)) != 0; }

 private:
  static constexpr std::uint64_t bit_of(GumboTag tag) { return std::uint64_t{1} << tag % 64U; }

  std::array<std::uint64_t, GUMBO_TAG_LAST / 64 + 1> words_{};
};

inline constexpr TagSet kTableCells{GUMBO_TAG_TD, GUMBO_TAG_TH};
inline constexpr TagSet kTableBodies{GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT, GUMBO_TAG_THEAD};
inline constexpr TagSet kHeadings{GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
                                  GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6};

}  // namespace parse
