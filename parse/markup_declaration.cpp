#include "parse/markup_declaration.h"

#include <algorithm>
#include <cstddef>

#include "parse/ascii.h"
#include "parse/byte_scan.h"

namespace parse {
namespace {

void skip_spaces(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

bool skip_word(std::string_view& text, std::string_view word) {
  if (!equals_ignoring_case(text.substr(0, word.size()), word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// A comment that the page's end cuts off loses what its end may have begun with.
std::string_view without_begun_end(std::string_view data) {
  for (const std::string_view begun : {"--!", "--", "-"})
    if (data.ends_with(begun)) return data.substr(0, data.size() - begun.size());
  return data;
}

}  // namespace

const char* MarkupDeclaration::read_comment(const char* at, const char* end) {
  const std::string_view rest(at, end);
  data_ = {};
  for (const std::string_view empty : {">", "->"})
    if (rest.starts_with(empty)) return at + empty.size();

  for (const char* close = find_byte<'>'>(at, end); close != end; close = find_byte<'>'>(close + 1, end)) {
    const std::string_view before(at, close);
    for (const std::string_view dashes : {"--", "--!"}) {
      if (!before.ends_with(dashes)) continue;
      data_ = decode(before.substr(0, before.size() - dashes.size()));
      return close + 1;
    }
  }
  data_ = decode(without_begun_end(rest));
  return end;
}

const char* MarkupDeclaration::read_bogus_comment(const char* at, const char* end) {
  const char* const close = find_byte<'>'>(at, end);
  data_ = decode(std::string_view(at, close));
  return close == end ? end : close + 1;
}

// A '>' ends a doctype even within quotes.
const char* MarkupDeclaration::read_doctype(const char* at, const char* end) {
  const char* const close = find_byte<'>'>(at, end);
  std::string_view rest(at, close);
  doctype_ = {};
  decoded_.clear();
  skip_spaces(rest);
  const auto name_end = std::ranges::find_if(rest, [](char c) { return is_space(c); });
  if (name_end != rest.begin()) doctype_.name = decoded_.lower_case({rest.begin(), name_end});
  rest = {name_end, rest.end()};
  skip_spaces(rest);

  const bool is_complete = doctype_.name && read_ids(rest);
  // What follows the last id is passed over, cut off or not.
  const bool is_cut_off = close == end && rest.empty();
  doctype_.forces_quirks = !is_complete || is_cut_off;
  return close == end ? end : close + 1;
}

/// False if something is amiss that makes for quirks.
bool MarkupDeclaration::read_ids(std::string_view& rest) {
  if (rest.empty()) return true;
  if (skip_word(rest, "public")) {
    if (!read_id(rest, doctype_.public_id)) return false;
    return rest.empty() || read_id(rest, doctype_.system_id);
  }
  return skip_word(rest, "system") && read_id(rest, doctype_.system_id);
}

/// False if there is no id, or one that nothing ends. Takes the spaces around it.
bool MarkupDeclaration::read_id(std::string_view& rest, std::optional<std::string_view>& id) {
  skip_spaces(rest);
  if (!rest.starts_with('"') && !rest.starts_with('\'')) return false;
  const std::size_t close = rest.find(rest.front(), 1);
  const bool is_closed = close != std::string_view::npos;
  id = decoded_.characters(rest.substr(1, is_closed ? close - 1 : close));
  rest.remove_prefix(is_closed ? close + 1 : rest.size());
  skip_spaces(rest);
  return is_closed;
}

std::string_view MarkupDeclaration::decode(std::string_view source) {
  const char* const end = source.data() + source.size();
  if (find_byte<'\r', '\0'>(source.data(), end) == end) return source;
  decoded_.clear();
  return decoded_.characters(source);
}

}  // namespace parse
