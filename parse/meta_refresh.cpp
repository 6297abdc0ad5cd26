#include "parse/meta_refresh.h"

#include <algorithm>

#include "parse/ascii.h"

namespace parse {
namespace {

void skip(std::string_view& text, std::string_view members) {
  text.remove_prefix(std::min(text.find_first_not_of(members), text.size()));
}

}  // namespace

std::optional<std::string_view> refresh_target(std::string_view content) {
  constexpr std::string_view kDigits = "0123456789.";
  std::string_view rest = strip_spaces(content);
  if (rest.empty() || !kDigits.contains(rest.front())) return std::nullopt;
  skip(rest, kDigits);
  if (rest.empty()) return std::nullopt;
  if (rest.front() != ';' && rest.front() != ',' && !is_space(rest.front())) return std::nullopt;
  rest = strip_spaces(rest);
  if (rest.starts_with(';') || rest.starts_with(',')) rest = strip_spaces(rest.substr(1));

  if (equals_ignoring_case(rest.substr(0, 3), "url")) {
    const std::string_view after = strip_spaces(rest.substr(3));
    if (after.starts_with('=')) rest = strip_spaces(after.substr(1));
  }
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    const char quote = rest.front();
    rest.remove_prefix(1);
    rest = rest.substr(0, rest.find(quote));
  }
  if (rest.empty()) return std::nullopt;
  return rest;
}

}  // namespace parse
