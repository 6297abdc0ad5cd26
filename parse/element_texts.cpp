#include "parse/element_texts.h"

#include <cstddef>
#include <utility>

#include "parse/ascii.h"
#include "parse/tag_layout.h"
#include "parse/tree_walk.h"
#include "parse/visible_text.h"

namespace parse {
namespace {

bool is_script(const GumboNode& node) {
  return node.v.element.tag == GUMBO_TAG_SCRIPT || node.v.element.tag == GUMBO_TAG_STYLE;
}

bool stands_apart(const GumboElement& element) {
  return element.tag_namespace == GUMBO_NAMESPACE_HTML &&
         (layout_of(element.tag).breaks_line || layout_of(element.tag).is_cell);
}

std::string text_of_script(const GumboElement& element) {
  std::string text;
  for (unsigned int i = 0; i < element.children.length; ++i) {
    const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
    if (child.type != GUMBO_NODE_ELEMENT && child.type != GUMBO_NODE_TEMPLATE) text += text_of(child);
  }
  return collapse_spaces(text);
}

/// Finds a text in another, those that overlap too, by Knuth, Morris and Pratt: looking anew from each place
/// where one was found would be quadratic.
class TextSearch {
 public:
  explicit TextSearch(std::string_view needle) : needle_(needle), border_(needle.size() + 1, 0) {
    for (std::size_t i = 1, matched = 0; i < needle.size(); ++i) {
      matched = advance(matched, needle[i]);
      border_[i + 1] = matched;
    }
  }

  /// Calls `found` with the place of each, in ascending order.
  template <class Found>
  void run(std::string_view text, Found&& found) const {
    for (std::size_t i = 0, matched = 0; i < text.size(); ++i) {
      matched = advance(matched, text[i]);
      if (matched == needle_.size()) found(i + 1 - matched);
    }
  }

 private:
  std::size_t advance(std::size_t matched, char c) const {
    while (matched > 0 && (matched == needle_.size() || needle_[matched] != c)) matched = border_[matched];
    return needle_[matched] == c ? matched + 1 : matched;
  }

  std::string_view needle_;
  std::vector<std::size_t> border_;  // how much of the first n bytes is both their beginning and their end
};

}  // namespace

class ElementTexts::Builder {
 public:
  explicit Builder(ElementTexts& texts) : texts_(texts) {}

  bool enter(const GumboNode& node) {
    if (stands_apart(node.v.element)) visible_.add_space();
    const auto id = static_cast<ElementId>(texts_.ranges_.size());
    open_.push_back(id);
    texts_.ranges_.push_back({.begin = place(), .end = 0});
    if (is_script(node)) {
      texts_.scripts_.push_back(id);
      ++open_scripts_;
    }
    return node.type != GUMBO_NODE_TEMPLATE;
  }

  void leave(const GumboNode& node) {
    if (is_script(node)) --open_scripts_;
    texts_.ranges_[open_.back()].end = place();
    open_.pop_back();
    if (stands_apart(node.v.element)) visible_.add_space();
  }

  void visit(const GumboNode& leaf) {
    if (open_scripts_ == 0) visible_.add(text_of(leaf));
  }

  std::string take() { return visible_.take(); }

 private:
  std::uint32_t place() const { return static_cast<std::uint32_t>(visible_.size()); }

  ElementTexts& texts_;
  VisibleText visible_;
  std::vector<ElementId> open_;
  std::size_t open_scripts_ = 0;
};

ElementTexts::ElementTexts(const ElementIndex& index) : index_(index) {
  Builder builder(*this);
  walk_tree(index.node(0), builder);
  text_ = builder.take();
}

std::string ElementTexts::of(ElementId id) const {
  if (is_script(index_.node(id))) return text_of_script(index_.node(id).v.element);
  const Range range = ranges_[id];
  return std::string(strip_spaces(std::string_view(text_).substr(range.begin, range.end - range.begin)));
}

ElementSet ElementTexts::elements_with(std::string_view needle) const {
  ElementSet with(index_.size());
  const TextSearch search(needle);

  // Ranges begin in ascending order: each element is asked with the first place at or after its beginning.
  ElementId next = 0;
  search.run(text_, [&](std::size_t at) {
    for (; next < ranges_.size() && ranges_[next].begin <= at; ++next)
      if (at + needle.size() <= ranges_[next].end) with.insert(next);
  });

  for (const ElementId script : scripts_) search.run(of(script), [&](std::size_t) { with.insert(script); });
  return with;
}

}  // namespace parse
