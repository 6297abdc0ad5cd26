#include "parse/combinator.h"

namespace parse {
namespace {

ElementSet descendants(const ElementIndex& index, const ElementSet& from) {
  ElementSet reached(index.size());
  ElementId covered = 0;
  from.for_each([&](ElementId id) {
    if (id < covered) return;  // its descendants are another's
    covered = index.end(id);
    reached.insert_range(id + 1, covered);
  });
  return reached;
}

ElementSet ancestors(const ElementIndex& index, const ElementSet& of) {
  ElementSet reached(index.size());
  of.for_each([&](ElementId id) {
    ElementId ancestor = index.parent(id);
    while (ancestor != kNoElement && reached.insert(ancestor)) ancestor = index.parent(ancestor);
  });
  return reached;
}

ElementSet children(const ElementIndex& index, const ElementSet& from) {
  ElementSet reached(index.size());
  from.for_each([&](ElementId parent) {
    for (ElementId child = parent + 1; child < index.end(parent); child = index.end(child))
      reached.insert(child);
  });
  return reached;
}

ElementSet parents(const ElementIndex& index, const ElementSet& of) {
  ElementSet reached(index.size());
  of.for_each([&](ElementId id) {
    if (index.parent(id) != kNoElement) reached.insert(index.parent(id));
  });
  return reached;
}

ElementSet next_siblings(const ElementIndex& index, const ElementSet& from) {
  ElementSet reached(index.size());
  from.for_each([&](ElementId id) {
    if (index.next_sibling(id) != kNoElement) reached.insert(index.next_sibling(id));
  });
  return reached;
}

ElementSet later_siblings(const ElementIndex& index, const ElementSet& from) {
  ElementSet reached(index.size());
  from.for_each([&](ElementId id) {
    ElementId sibling = index.next_sibling(id);
    while (sibling != kNoElement && reached.insert(sibling)) sibling = index.next_sibling(sibling);
  });
  return reached;
}

enum class Distance { next, any };

ElementSet earlier_siblings(const ElementIndex& index, const ElementSet& of, Distance distance) {
  ElementSet reached(index.size());
  for (auto id = static_cast<ElementId>(index.size()); id-- > 0;) {
    const ElementId next = index.next_sibling(id);
    if (next == kNoElement) continue;
    if (of.contains(next) || (distance == Distance::any && reached.contains(next))) reached.insert(id);
  }
  return reached;
}

}  // namespace

ElementSet elements_after(const ElementIndex& index, const ElementSet& from, Combinator combinator) {
  switch (combinator) {
    case Combinator::descendant:
      return descendants(index, from);
    case Combinator::child:
      return children(index, from);
    case Combinator::next_sibling:
      return next_siblings(index, from);
    case Combinator::subsequent_sibling:
      return later_siblings(index, from);
  }
  return ElementSet(index.size());
}

ElementSet elements_before(const ElementIndex& index, const ElementSet& to, Combinator combinator) {
  switch (combinator) {
    case Combinator::descendant:
      return ancestors(index, to);
    case Combinator::child:
      return parents(index, to);
    case Combinator::next_sibling:
      return earlier_siblings(index, to, Distance::next);
    case Combinator::subsequent_sibling:
      return earlier_siblings(index, to, Distance::any);
  }
  return ElementSet(index.size());
}

}  // namespace parse
