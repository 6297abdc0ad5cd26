#include "storage/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace storage {
namespace {

using nlohmann::json;

/// Past the quote that ends the string which begins here.
std::size_t end_of_string(std::string_view valid, std::size_t begin) {
  std::size_t end = begin + 1;
  while (valid[end] != '"') end += valid[end] == '\\' ? 2 : 1;
  return end + 1;
}

/// Past the value that begins here: the comma or bracket after it.
std::size_t end_of_value(std::string_view compact, std::size_t begin) {
  std::size_t depth = 0;
  std::size_t end = begin;
  while (end < compact.size()) {
    const char c = compact[end];
    if (c == '"') {
      end = end_of_string(compact, end);
      continue;
    }
    if (depth == 0 && (c == ',' || c == ']' || c == '}')) break;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    ++end;
  }
  return end;
}

/// What is quoted at once, so that a long text is not copied as a whole. No sequence of UTF-8 is cut in two.
std::size_t end_of_piece(std::string_view text) {
  constexpr std::size_t piece_bytes = 16 * 1024;
  constexpr std::size_t longest_rest = 3;
  if (text.size() <= piece_bytes) return text.size();
  const auto is_continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  const std::string_view rest = text.substr(piece_bytes, longest_rest);
  const auto end = std::ranges::find_if_not(rest, is_continuation);
  return piece_bytes + static_cast<std::size_t>(end - rest.begin());
}

bool holds_something(std::string_view compact, char open) {
  return compact.size() > 2 && compact.front() == open;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, end_of_piece(text));
    const std::string quoted = json(piece).dump(-1, ' ', false, json::error_handler_t::replace);
    out.append(quoted, 1, quoted.size() - 2);
    text.remove_prefix(piece.size());
  }
  out += '"';
}

std::optional<std::string> compact_json(std::string_view text, std::size_t max_depth) {
  // The parser passes over a byte order mark, and takes NUL for the end.
  const bool is_taken_otherwise = text.starts_with("\xEF\xBB\xBF") || text.contains('\0');
  if (is_taken_otherwise || !json::accept(text)) return std::nullopt;
  std::string compact;
  compact.reserve(text.size());
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const std::size_t end = c == '"' ? end_of_string(text, at) : at + 1;
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_space) compact += text.substr(at, end - at);
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > max_depth) return std::nullopt;
    at = end;
  }
  return compact;
}

std::vector<JsonMember> members_of(std::string_view compact) {
  std::vector<JsonMember> members;
  if (!holds_something(compact, '{')) return members;
  for (std::size_t at = 1; at < compact.size();) {
    const std::size_t colon = end_of_string(compact, at);
    const std::size_t end = end_of_value(compact, colon + 1);
    members.push_back({.name = *string_of(compact.substr(at, colon - at)),
                       .value = compact.substr(colon + 1, end - colon - 1)});
    at = end + 1;
  }
  return members;
}

std::vector<std::string_view> elements_of(std::string_view compact) {
  std::vector<std::string_view> elements;
  if (!holds_something(compact, '[')) return elements;
  for (std::size_t at = 1; at < compact.size();) {
    const std::size_t end = end_of_value(compact, at);
    elements.push_back(compact.substr(at, end - at));
    at = end + 1;
  }
  return elements;
}

std::optional<std::string> string_of(std::string_view compact) {
  if (!compact.starts_with('"')) return std::nullopt;
  return json::parse(compact).get<std::string>();
}

}  // namespace storage
