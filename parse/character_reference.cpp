#include "parse/character_reference.h"

#include <algorithm>

#include "parse/ascii.h"
#include "parse/named_reference.h"
#include "parse/utf8.h"

namespace parse {
namespace {

/// What the numbers 0x80 to 0x9F mean: windows-1252, as old pages wrote it. 0: the number itself.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

CharacterReference reference(std::size_t length, std::string_view text) {
  CharacterReference found{.length = length, .size = static_cast<std::uint8_t>(text.size())};
  std::ranges::copy(text, found.bytes.begin());
  return found;
}

char32_t code_point_of(char32_t number) {
  if (number == 0) return kReplacementCodePoint;
  if (number < 0x80 || number > 0x9F) return number;
  const char16_t meant = kWindows1252[number - 0x80];
  return meant != 0 ? meant : number;
}

/// -1: no digit.
int digit_value(char c, char32_t base) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// `text` begins with '#'.
CharacterReference read_number(std::string_view text) {
  const bool is_hex = text.size() > 1 && to_lower(text[1]) == 'x';
  const char32_t base = is_hex ? 16 : 10;
  const std::size_t digits = is_hex ? 2 : 1;
  std::size_t at = digits;
  char32_t number = 0;
  for (; at < text.size(); ++at) {
    const int digit = digit_value(text[at], base);
    if (digit < 0) break;
    constexpr char32_t kBeyondUnicode = 0x110000;
    number = std::min<char32_t>(number * base + static_cast<char32_t>(digit), kBeyondUnicode);
  }
  if (at == digits) return {};
  if (at < text.size() && text[at] == ';') ++at;
  CharacterReference found{.length = at};
  const char* const end = write_utf8(code_point_of(number), found.bytes.data());
  found.size = static_cast<std::uint8_t>(end - found.bytes.data());
  return found;
}

/// The longest name at the front of `name` that may lack its semicolon.
CharacterReference read_bare_name(std::string_view name, std::string_view text, ReferencePlace place) {
  for (std::size_t length = std::min(name.size(), kLongestBareReferenceName); length > 1; --length) {
    const auto named = find_named_reference(name.substr(0, length));
    if (!named || !named->may_lack_semicolon) continue;
    const char next = length < text.size() ? text[length] : '\0';
    if (place == ReferencePlace::attribute_value && (next == '=' || is_letter_or_digit(next))) return {};
    return reference(length, named->text);
  }
  return {};
}

}  // namespace

CharacterReference read_character_reference(std::string_view text, ReferencePlace place) {
  if (text.starts_with('#')) return read_number(text);
  // A semicolon ends a name: so all letters and digits in front of it are the name, or else none of those is
  // one but a shorter name that may lack it.
  const std::string_view front = text.substr(0, kLongestReferenceName);
  std::size_t length = 0;
  while (length < front.size() && is_letter_or_digit(front[length])) ++length;
  const std::string_view name = front.substr(0, length);
  if (length < text.size() && text[length] == ';') {
    if (const auto named = find_named_reference(name)) return reference(length + 1, named->text);
  }
  return read_bare_name(name, text, place);
}

}  // namespace parse
