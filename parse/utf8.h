// UTF-8: checked, repaired, written.
//
//   is_utf8("\xC3\xA9");          // true
//   repair_utf8("a\xE2\x82z");    // "a\uFFFDz": one U+FFFD for each maximal part of a malformed sequence
//   append_utf8(0x20AC, out);     // "€"
//
// Contract: pure, total, linear; text that is all ASCII passes eight bytes at a time.
// Source: https://encoding.spec.whatwg.org/#utf-8-decoder
#pragma once

#include <string>
#include <string_view>

namespace parse {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_utf8(std::string_view bytes);

std::string repair_utf8(std::string_view bytes);

/// What is no Unicode scalar value is written as U+FFFD.
void append_utf8(char32_t code_point, std::string& out);

}  // namespace parse
