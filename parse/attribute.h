// An attribute of a tag.
//
//   find_attribute(attributes, "href");  // the first one's value, or nullopt
//
// Contract: views into whatever read the tag; names are in lower case for HTML, and as written for
// XML.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

namespace parse {

struct Attribute {
  std::string_view name;
  std::string_view value;
};

inline std::optional<std::string_view> find_attribute(std::span<const Attribute> attributes,
                                                      std::string_view name) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  if (found == attributes.end()) return std::nullopt;
  return found->value;
}

}  // namespace parse
