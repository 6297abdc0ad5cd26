// A walk over gumbo's tree, in document order.
//
//   struct Printer {
//     bool enter(const GumboNode& element);   // false: not into what is inside
//     void leave(const GumboNode& element);   // for every one entered, also where that said false
//     void visit(const GumboNode& leaf);      // text or a comment
//   };
//   walk_tree(tree.root(), Printer{});
//
// Contract: linear, and no deeper on the stack for a deeper tree. What is inside a <template> is visited like
// all else: whether it belongs to the page is for enter() to say.
#pragma once

#include <string_view>
#include <vector>

#include <gumbo.h>

namespace parse {

template <class Visitor>
void walk_tree(const GumboNode& root, Visitor&& visitor) {
  struct Open {
    const GumboNode* node;
    unsigned int next_child;
    unsigned int children;
  };
  std::vector<Open> open;
  const auto enter = [&](const GumboNode& node) {
    const bool is_open = visitor.enter(node);
    open.push_back({&node, 0, is_open ? node.v.element.children.length : 0});
  };

  enter(root);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next_child == top.children) {
      visitor.leave(*top.node);
      open.pop_back();
      continue;
    }
    const auto& child = *static_cast<const GumboNode*>(top.node->v.element.children.data[top.next_child++]);
    if (child.type == GUMBO_NODE_ELEMENT || child.type == GUMBO_NODE_TEMPLATE)
      enter(child);
    else
      visitor.visit(child);
  }
}

/// Empty for a comment.
inline std::string_view text_of(const GumboNode& leaf) {
  return leaf.type == GUMBO_NODE_COMMENT ? std::string_view() : std::string_view(leaf.v.text.text);
}

}  // namespace parse
