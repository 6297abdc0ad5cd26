#include "parse/element_index.h"

#include <array>
#include <map>
#include <utility>

#include "parse/ascii.h"
#include "parse/element_attribute.h"
#include "parse/tree_walk.h"
#include "parse/utf8.h"

namespace parse {
namespace {

using std::string_view_literals::operator""sv;

/// As the tokenizer reads it: what is malformed, and NUL, is U+FFFD.
std::string to_dom_name(std::string_view original) {
  std::string name;
  for (const char c : original) {
    if (c == '\0')
      name += kReplacement;
    else
      name += to_lower(c);
  }
  return repair_utf8(name);
}

}  // namespace

std::string name_of(const GumboElement& element) {
  const bool is_html = element.tag_namespace == GUMBO_NAMESPACE_HTML;
  if (is_html && element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece original = element.original_tag;
  gumbo_tag_from_original_text(&original);
  // Null where the parser made the element up.
  if (original.data == nullptr) return gumbo_normalized_tagname(element.tag);
  if (element.tag_namespace == GUMBO_NAMESPACE_SVG)
    if (const char* const adjusted = gumbo_normalize_svg_tagname(&original)) return adjusted;
  return to_dom_name({original.data, original.length});
}

class ElementIndex::Builder {
 public:
  explicit Builder(ElementIndex& index) : index_(index) { type_of_tag_.fill(kNoType); }

  bool enter(const GumboNode& node) {
    const auto id = static_cast<ElementId>(index_.entries_.size());
    Entry& entry = index_.entries_.emplace_back(Entry{.node = &node,
                                                      .parent = current_,
                                                      .end = id + 1,
                                                      .next_sibling = kNoElement,
                                                      .type = type_of(node.v.element),
                                                      .html_id = {},
                                                      .classes = {}});
    for (const GumboAttribute& attribute : attributes_of(node.v.element)) {
      if (attribute.name == "id"sv) entry.html_id = attribute.value;
      if (attribute.name == "class"sv) entry.classes = attribute.value;
    }
    current_ = id;
    return node.type != GUMBO_NODE_TEMPLATE;
  }

  void leave(const GumboNode&) {
    Entry& entry = index_.entries_[current_];
    entry.end = static_cast<ElementId>(index_.entries_.size());
    for (ElementId child = current_ + 1; child < entry.end; child = index_.end(child))
      if (index_.end(child) < entry.end) index_.entries_[child].next_sibling = index_.end(child);
    current_ = entry.parent;
  }

  void visit(const GumboNode&) {}

 private:
  static constexpr TypeId kNoType = static_cast<TypeId>(-1);

  TypeId type_of(const GumboElement& element) {
    if (element.tag_namespace == GUMBO_NAMESPACE_HTML && element.tag != GUMBO_TAG_UNKNOWN) {
      TypeId& type = type_of_tag_[static_cast<std::size_t>(element.tag)];
      if (type == kNoType) type = add_type(name_of(element), GUMBO_NAMESPACE_HTML);
      return type;
    }
    std::pair key(element.tag_namespace, name_of(element));
    const auto found = type_of_name_.find(key);
    if (found != type_of_name_.end()) return found->second;
    const TypeId type = add_type(key.second, key.first);
    type_of_name_.emplace(std::move(key), type);
    return type;
  }

  TypeId add_type(std::string name, GumboNamespaceEnum name_space) {
    index_.types_.push_back({std::move(name), name_space});
    return static_cast<TypeId>(index_.types_.size() - 1);
  }

  ElementIndex& index_;
  ElementId current_ = kNoElement;
  std::array<TypeId, GUMBO_TAG_LAST> type_of_tag_;
  // A hash could be made to collide by whoever wrote the page.
  std::map<std::pair<GumboNamespaceEnum, std::string>, TypeId> type_of_name_;
};

ElementIndex::ElementIndex(const GumboNode& root)
    : is_in_quirks_mode_(root.parent != nullptr && root.parent->type == GUMBO_NODE_DOCUMENT &&
                         root.parent->v.document.doc_type_quirks_mode == GUMBO_DOCTYPE_QUIRKS) {
  walk_tree(root, Builder(*this));
}

}  // namespace parse
