// An HTML document as gumbo's tree, parsed within bounds.
//
//   if (const auto tree = HtmlTree::parse(html)) visit(tree->root());
//
// Contract: nullopt for a page on which gumbo would take more than linear time or memory: nested deeper than
// max_depth, more than max_attributes in a tag, or memory beyond 100 times the page (at least 1 MB, at most
// max_memory); and for one on which gumbo fails: by an assertion of its own, or by a character reference that
// would break its strings. These are valid UTF-8.
// `html` is UTF-8 and outlives the tree, which points into it. Thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include <gumbo.h>

#include "parse/arena_memory.h"

namespace parse {

class HtmlTree {
 public:
  /// What browsers allow.
  static constexpr std::size_t max_depth = 512;
  static constexpr std::size_t max_attributes = 512;
  static constexpr std::size_t max_memory = 256 * 1024 * 1024;

  static std::optional<HtmlTree> parse(std::string_view html);

  const GumboNode& root() const { return *root_; }
  std::size_t page_size() const { return page_size_; }

 private:
  HtmlTree(ArenaMemory memory, const GumboNode* root, std::size_t page_size)
      : memory_(std::move(memory)), root_(root), page_size_(page_size) {}

  ArenaMemory memory_;  // holds the whole tree, which needs no other clean-up
  const GumboNode* root_;
  std::size_t page_size_;
};

}  // namespace parse
