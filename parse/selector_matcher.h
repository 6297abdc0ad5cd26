// Which elements of a page a selector means.
//
//   const ElementIndex index(tree.root());
//   SelectorMatcher matcher(index);
//   for (const ElementId id : matcher.select(*Selector::parse("li > a"))) index.node(id);
//
// Contract: total; time is the page's size times the selector's, whatever stands in either: each part of the
// selector is worked out once, for all elements together. In quirks mode classes and ids match in any case,
// as in browsers. The index outlives the matcher. Not thread-safe. Source:
// https://drafts.csswg.org/selectors-4/
#pragma once

#include <optional>
#include <vector>

#include "parse/element_index.h"
#include "parse/element_set.h"
#include "parse/element_texts.h"
#include "parse/selector.h"

namespace parse {

class SelectorMatcher {
 public:
  explicit SelectorMatcher(const ElementIndex& index) : index_(index) {}

  /// In document order.
  std::vector<ElementId> select(const Selector& selector);

  const ElementTexts& texts();

 private:
  ElementSet match(const SelectorList& list);
  ElementSet match(const ComplexSelector& complex);
  /// Those that have what a selector of :has() asks for.
  ElementSet match_having(const ComplexSelector& relative);

  void keep(ElementSet& candidates, const CompoundSelector& compound);
  void keep(ElementSet& candidates, const TypeSelector& selector);
  void keep(ElementSet& candidates, const ClassSelector& selector);
  void keep(ElementSet& candidates, const IdSelector& selector);
  void keep(ElementSet& candidates, const AttributeSelector& selector);
  void keep(ElementSet& candidates, const PositionSelector& selector);
  void keep(ElementSet& candidates, RootSelector selector);
  void keep(ElementSet& candidates, EmptySelector selector);
  void keep(ElementSet& candidates, const ContainsSelector& selector);
  void keep(ElementSet& candidates, const IsSelector& selector);
  void keep(ElementSet& candidates, const NotSelector& selector);
  void keep(ElementSet& candidates, const HasSelector& selector);

  const ElementIndex& index_;
  std::optional<ElementTexts> texts_;  // made when first asked for
};

}  // namespace parse
