// Octets from outside as a text column may hold them.
//
//   stored_text("caf\xE9");   // "caf\uFFFD"
//
// Contract: valid UTF-8 without NUL: each maximal part of a malformed sequence, and each NUL, is U+FFFD. What
// is text already stays as it is. Source: https://www.sqlite.org/nulinstr.html
#pragma once

#include <string>
#include <string_view>

#include "parse/utf8.h"

namespace crawler {

inline std::string stored_text(std::string_view octets) {
  std::string text = parse::repair_utf8(octets);
  if (text.find('\0') == std::string::npos) return text;
  std::string without_nul;
  for (const char c : text) {
    if (c == '\0')
      without_nul += parse::kReplacement;
    else
      without_nul += c;
  }
  return without_nul;
}

}  // namespace crawler
