// Selectors by sets of elements against the plain way: does this one element match? Random pages and
// selectors.
#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "parse/element_attribute.h"
#include "parse/html_tree.h"
#include "parse/selector_matcher.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

/// Asks each element for itself, by the standard's words, with backtracking.
class NaiveMatcher {
 public:
  explicit NaiveMatcher(const ElementIndex& index) : index_(index) {}

  std::vector<ElementId> select(const Selector& selector) const {
    std::vector<ElementId> selected;
    for (const ElementId id : everything())
      if (matches(id, selector.list())) selected.push_back(id);
    return selected;
  }

 private:
  using Part = ComplexSelector::Part;

  std::vector<ElementId> everything() const {
    std::vector<ElementId> ids(index_.size());
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<ElementId>(i);
    return ids;
  }

  std::vector<ElementId> siblings(ElementId id) const {
    std::vector<ElementId> found = everything();
    std::erase_if(found, [&](ElementId other) { return index_.parent(other) != index_.parent(id); });
    return found;
  }

  bool leads(Combinator combinator, ElementId from, ElementId to) const {
    const auto family = siblings(to);
    const auto at = [&](ElementId id) { return std::ranges::find(family, id) - family.begin(); };
    const bool are_siblings = std::ranges::find(family, from) != family.end();
    switch (combinator) {
      case Combinator::descendant:
        for (ElementId id = index_.parent(to); id != kNoElement; id = index_.parent(id))
          if (id == from) return true;
        return false;
      case Combinator::child:
        return index_.parent(to) == from;
      case Combinator::next_sibling:
        return are_siblings && at(from) + 1 == at(to);
      case Combinator::subsequent_sibling:
        return are_siblings && at(from) < at(to);
    }
    return false;
  }

  bool matches(ElementId id, const SelectorList& list) const {
    return std::ranges::any_of(list.selectors, [&](const ComplexSelector& complex) {
      return matches(id, complex, complex.parts.size() - 1);
    });
  }

  /// Whether the parts up to `last` match with that one at the element.
  bool matches(ElementId id, const ComplexSelector& complex, std::size_t last) const {
    const Part& part = complex.parts[last];
    if (!matches(id, part.compound)) return false;
    return last == 0 || std::ranges::any_of(everything(), [&](ElementId from) {
             return leads(part.combinator, from, id) && matches(from, complex, last - 1);
           });
  }

  /// Whether the parts from `first` on match from the element.
  bool has(ElementId id, const ComplexSelector& complex, std::size_t first) const {
    if (first == complex.parts.size()) return true;
    const Part& part = complex.parts[first];
    return std::ranges::any_of(everything(), [&](ElementId to) {
      return leads(part.combinator, id, to) && matches(to, part.compound) && has(to, complex, first + 1);
    });
  }

  bool matches(ElementId id, const CompoundSelector& compound) const {
    return std::ranges::all_of(compound, [&](const SimpleSelector& simple) {
      return std::visit([&](const auto& selector) { return is(id, selector); }, simple);
    });
  }

  bool is(ElementId id, const TypeSelector& selector) const {
    return index_.type(id).name == selector.lower_name;
  }
  bool is(ElementId id, const ClassSelector& selector) const {
    const std::string classes = " " + std::string(attribute(id, "class")) + " ";
    return classes.find(" " + selector.name + " ") != std::string::npos;
  }
  bool is(ElementId id, const IdSelector& selector) const { return attribute(id, "id") == selector.id; }
  bool is(ElementId id, const AttributeSelector& selector) const {
    return matches_attribute(index_.node(id).v.element, selector);
  }
  bool is(ElementId id, const PositionSelector& selector) const {
    std::vector<ElementId> counted = siblings(id);
    std::erase_if(counted, [&](ElementId other) {
      return (selector.of_type && index_.type_id(other) != index_.type_id(id)) ||
             (selector.of && !matches(other, *selector.of));
    });
    if (selector.from_end) std::ranges::reverse(counted);
    const auto found = std::ranges::find(counted, id);
    if (found == counted.end()) return false;
    const auto position = found - counted.begin() + 1;
    for (std::int64_t n = 0; n < 1000; ++n)
      if (selector.position.a * n + selector.position.b == position) return true;
    return false;
  }
  bool is(ElementId id, RootSelector) const { return index_.parent(id) == kNoElement; }
  bool is(ElementId id, EmptySelector) const { return index_.node(id).v.element.children.length == 0; }
  bool is(ElementId id, const ContainsSelector& selector) const {
    return ElementTexts(index_).of(id).find(selector.text) != std::string::npos;
  }
  bool is(ElementId id, const IsSelector& selector) const { return matches(id, *selector.selectors); }
  bool is(ElementId id, const NotSelector& selector) const { return !matches(id, *selector.selectors); }
  bool is(ElementId id, const HasSelector& selector) const {
    return std::ranges::any_of(selector.selectors->selectors,
                               [&](const ComplexSelector& complex) { return has(id, complex, 0); });
  }

  std::string_view attribute(ElementId id, std::string_view name) const {
    return find_attribute(index_.node(id).v.element, name).value_or("");
  }

  const ElementIndex& index_;
};

class Generator {
 public:
  std::string page() {
    std::string html = "<!doctype html>";
    elements_ = 1 + below(24);
    while (elements_ > 0) add_element(html, 0);
    return html;
  }

  std::string list(std::size_t depth = 0, bool may_have = true) {
    std::string css = complex(depth, may_have);
    for (std::size_t more = below(5); more > 2; --more) css += ", " + complex(depth, may_have);
    return css;
  }

 private:
  void add_element(std::string& html, std::size_t depth) {
    if (elements_ == 0) return;
    --elements_;
    const std::string_view tag = pick(kTags);
    html.append("<").append(tag);
    if (below(2) == 0)
      html.append(" class='").append(pick(kNames)).append(" ").append(pick(kNames)).append("'");
    if (below(4) == 0) html.append(" id=").append(pick(kNames));
    html += '>';
    for (std::size_t children = below(5); children > 0 && depth < 6; --children) {
      if (below(4) == 0)
        html += pick(std::array{"a"sv, "ab"sv, " "sv, "<br>"sv});
      else
        add_element(html, depth + 1);
    }
    html.append("</").append(tag).append(">");
  }

  std::string complex(std::size_t depth, bool may_have) {
    std::string css = compound(depth, may_have);
    for (std::size_t more = below(3); more > 0; --more) {
      css += pick(kCombinators);
      css += compound(depth, may_have);
    }
    return css;
  }

  std::string compound(std::size_t depth, bool may_have) {
    std::string css(pick(std::array{"*"sv, "div"sv, "b"sv, "x-y"sv}));
    for (std::size_t more = below(3); more > 0; --more) css += simple(depth, may_have);
    return css;
  }

  std::string simple(std::size_t depth, bool may_have) {
    const std::string name(pick(kNames));
    switch (below(depth < 2 ? 9 : 5)) {
      case 0:
        return "." + name;
      case 1:
        return "#" + name;
      case 2:
        return "[class^=" + name + "]";
      case 3:
        return std::string(pick(std::array{":empty"sv, ":root"sv, ":first-child"sv, ":only-of-type"sv,
                                           ":contains(ab)"sv, ":contains(\"a a\")"sv, ":last-of-type"sv}));
      case 4:
        return ":" +
               std::string(pick(
                   std::array{"nth-child"sv, "nth-last-child"sv, "nth-of-type"sv, "nth-last-of-type"sv})) +
               "(" + position() + ")";
      case 5:
        return ":nth-last-child(" + position() + " of " + list(depth + 1, may_have) + ")";
      case 6:
        return ":not(" + list(depth + 1, may_have) + ")";
      case 7:
        if (may_have) return ":has(" + std::string(pick(kCombinators)) + complex(depth + 1, false) + ")";
        [[fallthrough]];
      default:
        return ":is(" + list(depth + 1, may_have) + ")";
    }
  }

  std::string position() {
    return std::to_string(static_cast<int>(below(7)) - 3) + "n+" + std::to_string(below(4));
  }

  template <std::size_t n>
  std::string_view pick(const std::array<std::string_view, n>& choices) {
    return choices[below(n)];
  }
  // The standard's distributions differ between libraries; this does not.
  std::size_t below(std::size_t bound) { return random_() % bound; }

  static constexpr std::array kTags{"div"sv, "div"sv, "b"sv, "x-y"sv};
  static constexpr std::array kNames{"a"sv, "b"sv, "c"sv};
  static constexpr std::array kCombinators{" "sv, " > "sv, " + "sv, " ~ "sv};

  std::mt19937 random_{20240502};  // NOLINT: the same inputs in every run
  std::size_t elements_ = 0;
};

TEST(SelectorProperty, EachElementWouldSayTheSame) {
  Generator generator;
  std::size_t found = 0;
  for (int pages = 0; pages < 150 && !testing::Test::HasFailure(); ++pages) {
    const std::string html = generator.page();
    const auto tree = HtmlTree::parse(html);
    const ElementIndex index(tree->root());
    SelectorMatcher matcher(index);
    for (int selectors = 0; selectors < 20; ++selectors) {
      const std::string css = generator.list();
      const auto selector = Selector::parse(css);
      ASSERT_TRUE(selector.has_value()) << css << ": " << selector.error().what;
      const auto selected = matcher.select(*selector);
      EXPECT_EQ(selected, NaiveMatcher(index).select(*selector)) << css << "\n" << html;
      found += selected.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(found, 600U);
}

}  // namespace
}  // namespace parse
