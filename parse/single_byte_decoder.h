// The encodings whose bytes are a character each.
//
//   const UpperHalf& latin = upper_half("windows-1252");
//   latin[0xE9 - 0x80];                  // U+00E9; U+FFFD where the standard has none
//   decode_single_byte("caf\xE9", latin);  // "café"
//
// Contract: tables are made at the first use of one, of ICU's and the patches where those differ from the
// standard, and stay; decoding is linear; thread-safe. A name of another encoding is an exception
// (std::out_of_range). Source: https://encoding.spec.whatwg.org/#legacy-single-byte-encodings
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace parse {

using UpperHalf = std::array<char32_t, 128>;  // code points of the bytes from 0x80 on

const UpperHalf& upper_half(std::string_view encoding);

std::string decode_single_byte(std::string_view bytes, const UpperHalf& table);

}  // namespace parse
