#include "parse/raw_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "parse/ascii.h"
#include "parse/byte_scan.h"

namespace parse {
namespace {

bool can_be_closed(std::string_view name) { return !name.empty() && std::ranges::all_of(name, is_letter); }

/// Whether the front of `text` is the name and what ends a tag's name.
bool starts_with_name(std::string_view text, std::string_view name) {
  if (text.size() <= name.size()) return false;
  const char next = text[name.size()];
  const bool is_whole = is_space(next) || next == '/' || next == '>';
  return is_whole && equals_ignoring_case(text.substr(0, name.size()), name);
}

bool is_end_tag(std::string_view text, std::string_view name) {
  return text.starts_with("</") && starts_with_name(text.substr(2), name);
}

bool is_start_tag(std::string_view text, std::string_view name) {
  return text.starts_with('<') && starts_with_name(text.substr(1), name);
}

}  // namespace

const char* end_of_raw_text(const char* at, const char* end, std::string_view name) {
  if (!can_be_closed(name)) return end;
  for (at = find_byte<'<'>(at, end); at != end; at = find_byte<'<'>(at + 1, end))
    if (is_end_tag(std::string_view(at, end), name)) return at;
  return end;
}

const char* end_of_script(const char* at, const char* end, std::string_view name) {
  if (!can_be_closed(name)) return end;
  // "<!--" escapes what follows, where "<script" escapes it twice: then "</script" ends that alone.
  enum class Escape : std::uint8_t { none, once, twice } escape = Escape::none;
  while (at != end) {
    at = escape == Escape::none ? find_byte<'<'>(at, end) : find_byte<'<', '>'>(at, end);
    if (at == end) return end;
    const std::string_view rest(at, end);
    const bool can_end = escape != Escape::twice;
    if (can_end && is_end_tag(rest, name)) return at;

    if (escape == Escape::none && rest.starts_with("<!--")) {
      escape = Escape::once;
      at += 4;  // its dashes may be those of "-->"
      continue;
    }
    if (escape != Escape::none && *at == '>' && std::string_view(at - 2, at) == "--")
      escape = Escape::none;
    else if (escape == Escape::once && is_start_tag(rest, "script"))
      escape = Escape::twice;
    else if (escape == Escape::twice && is_end_tag(rest, "script"))
      escape = Escape::once;
    ++at;
  }
  return end;
}

}  // namespace parse
