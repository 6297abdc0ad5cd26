// Letters, digits and white space as HTML and MIME have them: ASCII only, whatever the locale.
//
//   is_space('\f');                          // true
//   equals_ignoring_case("UTF-8", "utf-8");  // true
//   collapse_spaces(" a \n b ");             // "a b"
//   has_word("next Canonical", "canonical", false);  // true
//
// Contract: pure; bytes from 0x80 on are never letters and never white space.
// Source: https://infra.spec.whatwg.org/#ascii-whitespace
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace parse {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) { return to_lower(c); });
  return lower;
}

constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return to_lower(x) == to_lower(y); });
}

constexpr bool are_equal(std::string_view a, std::string_view b, bool is_case_kept) {
  return is_case_kept ? a == b : equals_ignoring_case(a, b);
}

/// Whether `word` is one of those in `list`, which white space keeps apart.
constexpr bool has_word(std::string_view list, std::string_view word, bool is_case_kept) {
  for (std::size_t begin = 0; begin < list.size();) {
    std::size_t end = begin;
    while (end < list.size() && !is_space(list[end])) ++end;
    if (end > begin && are_equal(list.substr(begin, end - begin), word, is_case_kept)) return true;
    begin = end + 1;
  }
  return false;
}

constexpr std::string_view strip_spaces(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Stripped, and each run of white space inside as one space.
inline std::string collapse_spaces(std::string_view text) {
  std::string out;
  for (const char c : strip_spaces(text)) {
    if (!is_space(c))
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  return out;
}

}  // namespace parse
