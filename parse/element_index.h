// The elements of a page, numbered in document order.
//
//   const ElementIndex index(tree.root());
//   index.parent(7);   index.next_sibling(7);   index.end(7);   // 7's descendants are 8 to end(7) - 1
//   index.type(7).name;                                         // "div"
//
// Contract: linear but for the names that HTML does not have, which take a logarithm; the tree outlives the
// index. What is inside a <template> is no part of the page. Thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/element_set.h"

namespace parse {

inline constexpr ElementId kNoElement = static_cast<ElementId>(-1);

/// What elements of one name have in common.
struct ElementType {
  std::string name;  // as the DOM has it: lower case in HTML, "linearGradient" in SVG; valid UTF-8
  GumboNamespaceEnum name_space;
};

class ElementIndex {
 public:
  using TypeId = std::uint32_t;

  explicit ElementIndex(const GumboNode& root);

  std::size_t size() const { return entries_.size(); }

  const GumboNode& node(ElementId id) const { return *entries_[id].node; }
  /// kNoElement for the root.
  ElementId parent(ElementId id) const { return entries_[id].parent; }
  /// One past the last descendant.
  ElementId end(ElementId id) const { return entries_[id].end; }
  /// kNoElement if it is the last.
  ElementId next_sibling(ElementId id) const { return entries_[id].next_sibling; }

  /// The values of these attributes; empty where there is none.
  std::string_view html_id(ElementId id) const { return entries_[id].html_id; }
  std::string_view classes(ElementId id) const { return entries_[id].classes; }

  TypeId type_id(ElementId id) const { return entries_[id].type; }
  const ElementType& type(ElementId id) const { return types_[type_id(id)]; }
  const std::vector<ElementType>& types() const { return types_; }

  /// Whether the page has no doctype, or one of old: names of classes and ids match in any case there.
  bool is_in_quirks_mode() const { return is_in_quirks_mode_; }

 private:
  class Builder;
  struct Entry {
    const GumboNode* node;
    ElementId parent;
    ElementId end;
    ElementId next_sibling;
    TypeId type;
    // Copied from the node since it would take five steps through memory to come there.
    std::string_view html_id;
    std::string_view classes;
  };

  std::vector<Entry> entries_;
  std::vector<ElementType> types_;
  bool is_in_quirks_mode_;
};

/// The name that an element has in the DOM.
std::string name_of(const GumboElement& element);

}  // namespace parse
