#include "parse/robots_directives.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "parse/ascii.h"
#include "parse/robots.h"

namespace parse {
namespace {

/// Directives with a value: not names of robots.
constexpr std::array<std::string_view, 4> kWithValue{"unavailable_after", "max-snippet", "max-image-preview",
                                                     "max-video-preview"};

bool is_meant(std::string_view name, std::string_view token) {
  return equals_ignoring_case(name, "robots") || (!name.empty() && equals_ignoring_case(name, token));
}

bool is_robot_name(std::string_view text) {
  if (text.empty() || product_token(text) != text) return false;
  return std::ranges::none_of(kWithValue, [text](auto known) { return equals_ignoring_case(text, known); });
}

RobotsDirectives read_directive(std::string_view text) {
  const auto is = [text](std::string_view name) { return equals_ignoring_case(text, name); };
  return {.noindex = is("noindex") || is("none"),
          .nofollow = is("nofollow") || is("none"),
          .noarchive = is("noarchive")};
}

/// The part before the next comma, without white space around it; `list` goes on after it.
std::string_view take_item(std::string_view& list) {
  const std::size_t size = std::min(list.find(','), list.size());
  const std::string_view item = strip_spaces(list.substr(0, size));
  list.remove_prefix(std::min(size + 1, list.size()));
  return item;
}

}  // namespace

RobotsDirectives& RobotsDirectives::operator|=(const RobotsDirectives& other) {
  noindex = noindex || other.noindex;
  nofollow = nofollow || other.nofollow;
  noarchive = noarchive || other.noarchive;
  return *this;
}

RobotsDirectives read_robots_header(std::string_view value, std::string_view token) {
  RobotsDirectives directives;
  bool is_for_us = true;
  while (!value.empty()) {
    std::string_view item = take_item(value);
    const std::size_t colon = item.find(':');
    if (colon != std::string_view::npos) {
      const std::string_view name = strip_spaces(item.substr(0, colon));
      const std::string_view rest = strip_spaces(item.substr(colon + 1));
      // A number is the value of a directive that we do not know: "revisit-after: 7 days".
      const bool has_number = !rest.empty() && (is_digit(rest.front()) || rest.front() == '-');
      if (is_robot_name(name) && !has_number) {
        is_for_us = is_meant(name, token);
        item = rest;
      }
    }
    if (is_for_us) directives |= read_directive(item);
  }
  return directives;
}

RobotsDirectives read_robots_meta(std::string_view name, std::string_view content, std::string_view token) {
  RobotsDirectives directives;
  if (!is_meant(strip_spaces(name), token)) return directives;
  while (!content.empty()) directives |= read_directive(take_item(content));
  return directives;
}

}  // namespace parse
