// Percent-encoding, and the sets of bytes that each part of an http URL encodes.
//
//   std::string out;
//   append_percent_encoded("a b\xC3\xA9", kPathEncodeSet, out);  // "a%20b%C3%A9"
//   percent_decode("a%20b%zz");                                  // "a b%zz"
//
// Contract: pure, total, linear. Text to encode is UTF-8: each maximal part of a malformed sequence is
// written as U+FFFD. Decoding gives raw bytes and leaves a '%' without two hex digits as it is.
//
// Source: https://url.spec.whatwg.org/#percent-encoded-bytes
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parse/byte_set.h"

namespace parse {

/// The standard's C0 control percent-encode set; each of the others adds to one before it.
inline constexpr ByteSet kControlEncodeSet = ByteSet(0x00, 0x1F) | ByteSet(0x7F, 0xFF);
inline constexpr ByteSet kFragmentEncodeSet = kControlEncodeSet | ByteSet(" \"<>`");
/// The special-query set: what http and https use.
inline constexpr ByteSet kQueryEncodeSet = kControlEncodeSet | ByteSet(" \"#<>'");
inline constexpr ByteSet kPathEncodeSet = kControlEncodeSet | ByteSet(" \"#<>?^`{}");
inline constexpr ByteSet kUserinfoEncodeSet = kPathEncodeSet | ByteSet("/:;=@[\\]|");

void append_percent_encoded(std::string_view text, const ByteSet& set, std::string& out);

/// The byte as "%XX", with capital digits, whatever it is.
void append_escape(char byte, std::string& out);

std::string percent_decode(std::string_view text);

/// The value of a hex digit, or -1.
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte that the escape at the front of the text stands for, if there is one.
constexpr std::optional<char> read_escape(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  const int high = hex_value(text[1]);
  const int low = hex_value(text[2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

}  // namespace parse
