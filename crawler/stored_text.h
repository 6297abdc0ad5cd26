// Octets from outside as a text column may hold them.
//
//   stored_text("caf\xE9");   // "caf\uFFFD"
//
// Contract: valid UTF-8 without NUL: each maximal part of a malformed sequence, and each NUL, is U+FFFD. What
// is text already stays as it is. Source: https://www.sqlite.org/nulinstr.html
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "parse/utf8.h"

namespace crawler {

/// The same of what is UTF-8 already.
inline std::string without_nul(std::string_view text) {
  const auto nuls = static_cast<std::size_t>(std::ranges::count(text, '\0'));
  std::string out;
  out.resize_and_overwrite(text.size() + nuls * (parse::kReplacement.size() - 1),
                           [&](char* to, std::size_t size) {
                             for (const char c : text) {
                               if (c == '\0')
                                 to = std::ranges::copy(parse::kReplacement, to).out;
                               else
                                 *to++ = c;
                             }
                             return size;
                           });
  return out;
}

inline std::string stored_text(std::string_view octets) {
  std::string text = parse::repair_utf8(octets);
  return text.contains('\0') ? without_nul(text) : text;
}

}  // namespace crawler
