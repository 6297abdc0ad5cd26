// Where a combinator leads, for whole sets of elements at once.
//
//   const ElementSet items = elements_after(index, lists, Combinator::child);   // li of "ul > li" and the
//   rest const ElementSet lists = elements_before(index, items, Combinator::child);  // ul of "ul:has(> li)"
//
// Contract: pure, linear in the number of elements.
// Source: https://drafts.csswg.org/selectors-4/#combinators
#pragma once

#include "parse/element_index.h"
#include "parse/element_set.h"
#include "parse/selector.h"

namespace parse {

/// Those to which `combinator` leads from any of `from`.
ElementSet elements_after(const ElementIndex& index, const ElementSet& from, Combinator combinator);

/// Those from which `combinator` leads to any of `to`.
ElementSet elements_before(const ElementIndex& index, const ElementSet& to, Combinator combinator);

}  // namespace parse
