#include "parse/selector_error.h"

#include <algorithm>
#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "parse/utf8.h"

namespace parse {
namespace {

// What fits a line of a terminal, and how much of it stands before the caret.
constexpr std::size_t kMaxShown = 72;
constexpr std::size_t kMaxBefore = 48;
// A selector that is longer is refused.
constexpr std::size_t kMaxText = 64 * 1024;
constexpr std::string_view kOmission = "...";

/// The text's characters, with '?' for those that a terminal would not print as they are.
std::u32string to_printable(std::string_view text) {
  std::u32string characters;
  const auto utf16 = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  for (std::int32_t i = 0; i < utf16.length(); i = utf16.moveIndex32(i, 1)) {
    const UChar32 character = utf16.char32At(i);
    characters += u_isprint(character) != 0 ? static_cast<char32_t>(character) : U'?';
  }
  return characters;
}

}  // namespace

std::string point_at(std::string_view text, const SelectorError& error) {
  const bool is_cut = text.size() > kMaxText;
  text = text.substr(0, kMaxText);
  const std::u32string shown = to_printable(text);
  const std::size_t caret = to_printable(text.substr(0, error.at)).size();

  const std::size_t begin = shown.size() <= kMaxShown ? 0 : caret - std::min(caret, kMaxBefore);
  const std::size_t end = std::min(begin + kMaxShown, shown.size());
  std::string lines = "  ";
  if (begin > 0) lines += kOmission;
  for (std::size_t i = begin; i < end; ++i) append_utf8(shown[i], lines);
  if (end < shown.size() || is_cut) lines += kOmission;

  const std::size_t indent = 2 + (begin > 0 ? kOmission.size() : 0) + caret - begin;
  return lines + '\n' + std::string(indent, ' ') + '^';
}

}  // namespace parse
