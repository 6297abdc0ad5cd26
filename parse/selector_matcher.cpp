#include "parse/selector_matcher.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>

#include "parse/ascii.h"
#include "parse/combinator.h"
#include "parse/element_attribute.h"

namespace parse {
namespace {

bool has_content(const GumboNode& node) {
  if (node.type == GUMBO_NODE_TEMPLATE) return false;
  const GumboVector& children = node.v.element.children;
  return std::any_of(children.data, children.data + children.length, [](const void* child) {
    return static_cast<const GumboNode*>(child)->type != GUMBO_NODE_COMMENT;
  });
}

/// Counts siblings, those of each type apart if `of_type`.
class SiblingCounter {
 public:
  SiblingCounter(const ElementIndex& index, bool of_type)
      : index_(index), of_type_(of_type), counts_(of_type ? index.types().size() : 1) {}

  std::int64_t& operator[](ElementId id) { return counts_[of_type_ ? index_.type_id(id) : 0]; }

 private:
  const ElementIndex& index_;
  bool of_type_;
  std::vector<std::int64_t> counts_;
};

/// Of `counted`, those at one of the positions.
ElementSet match_positions(const ElementIndex& index, const ElementSet& counted,
                           const PositionSelector& selector) {
  ElementSet matched(index.size());
  SiblingCounter count(index, selector.of_type);
  const auto for_siblings = [&](ElementId first, ElementId end, auto&& visit) {
    for (ElementId id = first; id < end; id = index.end(id))
      if (counted.contains(id)) visit(id);
  };
  const auto match_siblings = [&](ElementId first, ElementId end) {
    if (selector.from_end) {
      for_siblings(first, end, [&](ElementId id) { ++count[id]; });
      for_siblings(first, end, [&](ElementId id) {
        if (selector.position.contains(count[id]--)) matched.insert(id);
      });
    } else {
      for_siblings(first, end, [&](ElementId id) {
        if (selector.position.contains(++count[id])) matched.insert(id);
      });
    }
    for_siblings(first, end, [&](ElementId id) { count[id] = 0; });
  };

  // The root has no parent and is yet the first and last of its kind.
  match_siblings(0, 1);
  for (ElementId parent = 0; parent < index.size(); ++parent) match_siblings(parent + 1, index.end(parent));
  return matched;
}

}  // namespace

std::vector<ElementId> SelectorMatcher::select(const Selector& selector) {
  std::vector<ElementId> selected;
  match(selector.list()).for_each([&](ElementId id) { selected.push_back(id); });
  return selected;
}

const ElementTexts& SelectorMatcher::texts() {
  if (!texts_) texts_.emplace(index_);
  return *texts_;
}

ElementSet SelectorMatcher::match(const SelectorList& list) {
  ElementSet matched(index_.size());
  for (const ComplexSelector& complex : list.selectors) matched |= match(complex);
  return matched;
}

ElementSet SelectorMatcher::match(const ComplexSelector& complex) {
  ElementSet matched = ElementSet::all(index_.size());
  for (const auto& part : complex.parts) {
    if (&part != &complex.parts.front()) matched = elements_after(index_, matched, part.combinator);
    keep(matched, part.compound);
  }
  return matched;
}

ElementSet SelectorMatcher::match_having(const ComplexSelector& relative) {
  ElementSet matched = ElementSet::all(index_.size());
  for (auto part = relative.parts.rbegin(); part != relative.parts.rend(); ++part) {
    keep(matched, part->compound);
    matched = elements_before(index_, matched, part->combinator);
  }
  return matched;
}

void SelectorMatcher::keep(ElementSet& candidates, const CompoundSelector& compound) {
  for (const SimpleSelector& simple : compound)
    std::visit([&](const auto& selector) { keep(candidates, selector); }, simple);
}

void SelectorMatcher::keep(ElementSet& candidates, const TypeSelector& selector) {
  std::vector<bool> is_meant;
  for (const ElementType& type : index_.types())
    is_meant.push_back(type.name ==
                       (type.name_space == GUMBO_NAMESPACE_HTML ? selector.lower_name : selector.name));
  candidates.keep_if([&](ElementId id) { return is_meant[index_.type_id(id)]; });
}

void SelectorMatcher::keep(ElementSet& candidates, const ClassSelector& selector) {
  const bool is_case_kept = !index_.is_in_quirks_mode();
  candidates.keep_if([&](ElementId id) { return has_word(index_.classes(id), selector.name, is_case_kept); });
}

void SelectorMatcher::keep(ElementSet& candidates, const IdSelector& selector) {
  const bool is_case_kept = !index_.is_in_quirks_mode();
  candidates.keep_if([&](ElementId id) { return are_equal(index_.html_id(id), selector.id, is_case_kept); });
}

void SelectorMatcher::keep(ElementSet& candidates, const AttributeSelector& selector) {
  candidates.keep_if([&](ElementId id) { return matches_attribute(index_.node(id).v.element, selector); });
}

void SelectorMatcher::keep(ElementSet& candidates, const PositionSelector& selector) {
  candidates &=
      match_positions(index_, selector.of ? match(*selector.of) : ElementSet::all(index_.size()), selector);
}

void SelectorMatcher::keep(ElementSet& candidates, RootSelector) {
  candidates.keep_if([](ElementId id) { return id == 0; });
}

void SelectorMatcher::keep(ElementSet& candidates, EmptySelector) {
  candidates.keep_if([&](ElementId id) { return !has_content(index_.node(id)); });
}

void SelectorMatcher::keep(ElementSet& candidates, const ContainsSelector& selector) {
  candidates &= texts().elements_with(selector.text);
}

void SelectorMatcher::keep(ElementSet& candidates, const IsSelector& selector) {
  candidates &= match(*selector.selectors);
}

void SelectorMatcher::keep(ElementSet& candidates, const NotSelector& selector) {
  candidates -= match(*selector.selectors);
}

void SelectorMatcher::keep(ElementSet& candidates, const HasSelector& selector) {
  ElementSet having(index_.size());
  for (const ComplexSelector& relative : selector.selectors->selectors) having |= match_having(relative);
  candidates &= having;
}

}  // namespace parse
