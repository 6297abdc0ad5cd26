// What a user wants to know of each page, under a name: NAME=CSS[@ATTRIBUTE].
//
//   Field::parse("title=h1");                    // the text of the first <h1>
//   Field::parse("tags[]=a.tag");                // the texts of all
//   Field::parse("price=.price@data-amount");    // an attribute's value
//   Field::parse("body=article@html");           // what is inside, as HTML
//   Field::parse("link=@href");                  // of the item itself
//
// Contract: a value. Parsing is total and linear; the last '@' outside of quotes and brackets begins the
// attribute, and without one it is @text.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "parse/selector.h"
#include "parse/selector_error.h"

namespace parse {

struct Field {
  enum class Source { text, html, attribute };

  std::string name;  // letters, digits, '_', '-' and '.'
  bool is_list = false;
  std::optional<Selector> selector;  // nullopt: the item itself
  Source source = Source::text;
  std::string attribute;  // lower case

  /// An error's offset counts from the beginning of `spec`.
  static std::expected<Field, SelectorError> parse(std::string_view spec);
};

}  // namespace parse
