// UTF-8: checked, repaired, written.
//
//   is_utf8("\xC3\xA9");          // true
//   repair_utf8("a\xE2\x82z");    // "a\uFFFDz": one U+FFFD for each maximal part of a malformed sequence
//   append_utf8(0x20AC, out);     // "€"
//   to = write_utf8(0x20AC, to);  // the same at a place that has room for kLongestUtf8
//
// Contract: pure, total, linear; text that is all ASCII passes eight bytes at a time.
// Source: https://encoding.spec.whatwg.org/#utf-8-decoder
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parse {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
inline constexpr char32_t kReplacementCodePoint = 0xFFFD;
inline constexpr std::size_t kLongestUtf8 = 4;

bool is_utf8(std::string_view bytes);

/// How many bytes at the front are ASCII, or well-formed UTF-8.
std::size_t ascii_prefix(std::string_view bytes);
std::size_t utf8_prefix(std::string_view bytes);

std::string repair_utf8(std::string_view bytes);

/// What is no Unicode scalar value is written as U+FFFD.
void append_utf8(char32_t code_point, std::string& out);

/// As append_utf8; returns the place behind what it wrote.
inline char* write_utf8(char32_t code_point, char* to) {
  const auto put = [&](char32_t byte) { *to++ = static_cast<char>(byte); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
    code_point = kReplacementCodePoint;
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
  return to;
}

}  // namespace parse
