// The fields that a user asked for, as one page has them.
//
//   Extraction wanted{.each = *Selector::parse("li.product"), .fields = {*Field::parse("name=h2")}};
//   const Extracted found = extract(tree, base, wanted);
//   found.items[0][0];   // FieldValue: of the first product the text of the first <h2> in it
//
// Contract: pure, total; time and memory are linear in the page's size times the selectors'. With `each`
// there is an item for each element that it means, within which only its descendants match; without it there
// is one, and the whole page matches. Items may lie within each other. An element that does not have the
// attribute asked for is passed over. Beyond a budget of bytes the rest is left out. All strings are valid
// UTF-8.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "parse/field.h"
#include "parse/html_tree.h"
#include "parse/selector.h"
#include "parse/url.h"

namespace parse {

struct Extraction {
  std::optional<Selector> each;
  std::vector<Field> fields;
};

/// A list for a field that is one, be it empty; else the first match's, if there is any.
using FieldValue = std::variant<std::monostate, std::string, std::vector<std::string>>;

/// In the order of Extraction::fields.
using Item = std::vector<FieldValue>;

struct Extracted {
  std::vector<Item> items;  // in document order
  bool beyond_bounds = false;
};

/// `base` is the URL that the page's references go by, its <base> taken into account. Attributes that hold a
/// URL are resolved against it, where that gives one of http or https.
Extracted extract(const HtmlTree& page, const Url& base, const Extraction& wanted);

}  // namespace parse
