// An element's attributes as selectors and fields ask for them.
//
//   find_attribute(element, "href");                                    // its value, or nullopt
//   matches_attribute(element, {.name = "a", .lower_name = "a"});       // [a]
//
// Contract: pure, linear; values view into gumbo's tree.
// Source: https://drafts.csswg.org/selectors-4/#attribute-selectors and
//         https://html.spec.whatwg.org/#case-sensitivity-of-selectors
#pragma once

#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>

#include <gumbo.h>

#include "parse/selector.h"

namespace parse {

/// A range of GumboAttribute.
inline auto attributes_of(const GumboElement& element) {
  const auto to_attribute = [](const void* pointer) -> const GumboAttribute& {
    return *static_cast<const GumboAttribute*>(pointer);
  };
  return std::span<void* const>(element.attributes.data, element.attributes.length) |
         std::views::transform(to_attribute);
}

/// By the name as it is written in a page, "xlink:href" among them; in any case.
std::optional<std::string_view> find_attribute(const GumboElement& element, std::string_view name);

/// "xlink:href" for the href in the namespace of XLink.
std::string qualified_name(const GumboAttribute& attribute);

bool matches_attribute(const GumboElement& element, const AttributeSelector& selector);

}  // namespace parse
