// A set of bytes, asked by one look into a table.
//
//   constexpr ByteSet kSlashes("/\\");
//   kSlashes.contains('/');         // true
//   kSlashes.find_in("a/b");        // 1: the first member's index, or the text's size
//   kSlashes.find_in("a/b/", 2);    // 3: the same from an index on, which is at most the size
//   constexpr ByteSet kEnds = kSlashes | ByteSet("?#");
//
// Contract: a constant expression; bytes are unsigned, whatever char is.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace parse {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view members) {
    for (const char c : members) holds_[static_cast<unsigned char>(c)] = true;
  }
  /// The bytes from `first` to `last`, both included.
  constexpr ByteSet(unsigned char first, unsigned char last) {
    for (std::size_t byte = first; byte <= last; ++byte) holds_[byte] = true;
  }

  friend constexpr ByteSet operator|(ByteSet a, const ByteSet& b) {
    for (std::size_t byte = 0; byte < a.holds_.size(); ++byte)
      a.holds_[byte] = a.holds_[byte] || b.holds_[byte];
    return a;
  }

  friend constexpr ByteSet operator~(ByteSet set) {
    for (bool& holds : set.holds_) holds = !holds;
    return set;
  }

  constexpr bool contains(char c) const { return holds_[static_cast<unsigned char>(c)]; }

  constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const {
    std::size_t i = from;
    while (i < text.size() && !contains(text[i])) ++i;
    return i;
  }

 private:
  std::array<bool, 256> holds_{};
};

}  // namespace parse
