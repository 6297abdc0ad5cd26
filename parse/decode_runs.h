// The loop of the decoders that leave ASCII as it is.
//
//   decode_runs(bytes, [](std::string_view rest) { return Character{U'é', 1}; });
//
// Contract: `read` gets the bytes from the first that is not ASCII on, and tells the character in front and
// how many bytes it took, at least one. The output holds at most three bytes for each of the input. Linear,
// if `read` is constant.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "parse/utf8.h"

namespace parse {

struct Character {
  char32_t code_point = kReplacementCodePoint;
  std::size_t length = 1;  // of its bytes
  char32_t combining = 0;  // a second code point of the same bytes
};

template <class Read>
std::string decode_runs(std::string_view bytes, const Read& read) {
  // A buffer that always has room for what a block makes spares a check for each character.
  constexpr std::size_t kBlock = 4096;
  std::array<char, 3 * kBlock + 2 * kLongestUtf8> buffer;
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.size(), at + kBlock);
    char* to = buffer.data();
    while (at < end) {
      if (static_cast<unsigned char>(bytes[at]) < 0x80) {
        const std::size_t run = ascii_prefix(bytes.substr(at, end - at));
        std::memcpy(to, bytes.data() + at, run);
        to += run;
        at += run;
      } else {
        const Character character = read(bytes.substr(at));
        to = write_utf8(character.code_point, to);
        if (character.combining != 0) to = write_utf8(character.combining, to);
        at += character.length;
      }
    }
    out.append(buffer.data(), to);
  }
  return out;
}

}  // namespace parse
