// The indexes of the multi-byte encodings: from the standard's pointers to code points.
//
//   index_jis0208()[1410];          // U+4E9C; 0 where the standard has no code point
//   gb18030_four_byte(39'419);      // U+FFFF
//
// Contract: a table is made at its first use, of ICU's and the patches where that differs from the standard,
// and stays; thread-safe. An ICU that lacks a converter is an exception. Pointers beyond a table have no code
// point. Source: https://encoding.spec.whatwg.org/#indexes
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace parse {

class CharsetIndex {
 public:
  explicit CharsetIndex(std::vector<char32_t> code_points) : code_points_(std::move(code_points)) {}

  char32_t operator[](std::size_t pointer) const {
    return pointer < code_points_.size() ? code_points_[pointer] : 0;
  }

 private:
  std::vector<char32_t> code_points_;
};

const CharsetIndex& index_big5();
const CharsetIndex& index_euc_kr();
const CharsetIndex& index_gb18030();
/// With Windows' private characters (EUDC) at the pointers that Shift_JIS alone reaches, 8836 to 10715.
const CharsetIndex& index_jis0208();
const CharsetIndex& index_jis0212();

/// The code point of a four-byte sequence of gb18030; 0 if it has none.
char32_t gb18030_four_byte(std::size_t pointer);

}  // namespace parse
