// A CSS selector: which elements of a page are meant.
//
//   const auto selector = Selector::parse("ul.tags > li:not(.ad) a[href]");
//   SelectorMatcher(index).select(*selector);   // selector_matcher.h
//   Selector::parse("h1..x").error();           // {3, "expected a class name after '.'"}
//
// Contract: a value, immutable, cheap to copy, thread-safe. Parsing is total and linear: at most max_length
// bytes and max_depth selectors within each other. What browsers' querySelector() takes, but for namespaces,
// :scope, pseudo-elements and the pseudo-classes of states and languages; and it means the same. Stricter in
// two things, since a person is waiting for the answer: an unknown selector is an error in :is() and :where()
// too, and brackets, strings and comments are to be closed. In addition :contains("text"). Source:
// https://drafts.csswg.org/selectors-4/
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "parse/an_plus_b.h"
#include "parse/selector_error.h"

namespace parse {

struct SelectorList;
using NestedSelectors = std::shared_ptr<const SelectorList>;

struct TypeSelector {
  std::string name;  // as given, which is how elements of SVG and MathML must match
  std::string lower_name;
};

struct ClassSelector {
  std::string name;
};

struct IdSelector {
  std::string id;
};

struct AttributeSelector {
  enum class Operator { exists, equals, has_word, equals_or_dash, begins_with, ends_with, contains };
  enum class Case { as_html_says, ignored, kept };

  std::string name;
  std::string lower_name;
  Operator op = Operator::exists;
  std::string value;
  Case value_case = Case::as_html_says;
};

/// :nth-child() and all that can be said by it.
struct PositionSelector {
  AnPlusB position;
  bool from_end = false;
  bool of_type = false;
  NestedSelectors of = nullptr;  // null: all siblings count
};

struct RootSelector {};
struct EmptySelector {};

struct ContainsSelector {
  std::string text;  // not empty, white space collapsed
};

/// :is() and :where().
struct IsSelector {
  NestedSelectors selectors;
};

struct NotSelector {
  NestedSelectors selectors;
};

struct HasSelector {
  NestedSelectors selectors;  // each relative: its first combinator leads from the element that has it
};

using SimpleSelector =
    std::variant<TypeSelector, ClassSelector, IdSelector, AttributeSelector, PositionSelector, RootSelector,
                 EmptySelector, ContainsSelector, IsSelector, NotSelector, HasSelector>;

/// All must match; '*' alone is an empty one.
using CompoundSelector = std::vector<SimpleSelector>;

enum class Combinator { descendant, child, next_sibling, subsequent_sibling };

struct ComplexSelector {
  struct Part {
    Combinator combinator;  // from what stands before; the first one's counts only in :has()
    CompoundSelector compound;
  };
  std::vector<Part> parts;
};

struct SelectorList {
  std::vector<ComplexSelector> selectors;  // any may match
};

class Selector {
 public:
  static constexpr std::size_t max_length = 4096;
  static constexpr std::size_t max_depth = 32;

  static std::expected<Selector, SelectorError> parse(std::string_view css);

  const SelectorList& list() const { return *list_; }

 private:
  explicit Selector(SelectorList list) : list_(std::make_shared<const SelectorList>(std::move(list))) {}

  NestedSelectors list_;
};

}  // namespace parse
