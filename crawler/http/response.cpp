#include "crawler/http/response.h"

#include <algorithm>

#include "crawler/http/ascii_case.h"

namespace crawler::http {
namespace {

bool are_same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

/// The value of the first in `rest`, which begins behind it then.
std::optional<std::string_view> next_header(std::string_view& rest, std::string_view name) {
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !are_same_name(line.substr(0, colon), name)) continue;
    return trim(line.substr(colon + 1));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> find_header(std::string_view block, std::string_view name) {
  return next_header(block, name);
}

std::vector<std::string_view> Response::all_headers(std::string_view name) const {
  std::vector<std::string_view> all;
  std::string_view rest = headers;
  while (const auto value = next_header(rest, name)) all.push_back(*value);
  return all;
}

}  // namespace crawler::http
