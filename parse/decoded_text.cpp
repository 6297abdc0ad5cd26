#include "parse/decoded_text.h"

#include <algorithm>

#include "parse/ascii.h"
#include "parse/character_reference.h"
#include "parse/utf8.h"

namespace parse {
namespace {

char* copy(std::string_view text, char* to) { return std::ranges::copy(text, to).out; }

/// Writes the character at `at`, which no reference stands for; returns how many bytes of `source` it takes.
std::size_t write_character(std::string_view source, std::size_t at, char*& to) {
  if (source[at] == '\0') {
    to = copy(kReplacement, to);
    return 1;
  }
  if (source[at] != '\r') {
    *to++ = source[at];
    return 1;
  }
  *to++ = '\n';
  return source.substr(at).starts_with("\r\n") ? 2 : 1;
}

}  // namespace

char* DecodedText::allocate(std::size_t source_size) {
  is_used_ = true;
  return static_cast<char*>(memory_.allocate(source_size * kReplacement.size(), 1));
}

std::string_view DecodedText::lower_case(std::string_view name) {
  char* const begin = allocate(name.size());
  char* to = begin;
  for (const char c : name) {
    if (c == '\0')
      to = copy(kReplacement, to);
    else
      *to++ = to_lower(c);
  }
  return std::string_view(begin, to);
}

std::string_view DecodedText::value(std::string_view source) {
  char* const begin = allocate(source.size());
  char* to = begin;
  for (std::size_t at = 0; at < source.size();) {
    if (source[at] == '&') {
      const CharacterReference reference =
          read_character_reference(source.substr(at + 1), ReferencePlace::attribute_value);
      if (reference.length > 0) {
        to = copy(reference.text(), to);
        at += 1 + reference.length;
        continue;
      }
    }
    at += write_character(source, at, to);
  }
  return std::string_view(begin, to);
}

std::string_view DecodedText::characters(std::string_view source) {
  char* const begin = allocate(source.size());
  char* to = begin;
  for (std::size_t at = 0; at < source.size();) at += write_character(source, at, to);
  return std::string_view(begin, to);
}

}  // namespace parse
