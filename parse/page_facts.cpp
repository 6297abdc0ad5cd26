#include "parse/page_facts.h"

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/element_attribute.h"
#include "parse/fact_collector.h"
#include "parse/html_tokenizer.h"
#include "parse/html_tree.h"
#include "parse/tree_construction.h"
#include "parse/tree_walk.h"
#include "parse/utf8.h"

namespace parse {
namespace {

/// gumbo leaves the prefix out of the names that SVG has from elsewhere.
std::string_view name_of(const GumboAttribute& attribute) {
  const bool is_xlink = attribute.attr_namespace == GUMBO_ATTR_NAMESPACE_XLINK;
  return is_xlink && attribute.name == std::string_view("href") ? "xlink:href" : attribute.name;
}

bool hides_text(const GumboElement& element, std::span<const Attribute> attributes) {
  if (element.tag_namespace != GUMBO_NAMESPACE_HTML)
    return layout_of(element.tag).hides_text || element.tag == GUMBO_TAG_DESC;
  return layout_of(element.tag).hides_text || find_attribute(attributes, "hidden");
}

/// Of what is not HTML, SVG's anchors and images lead on from the page too.
bool has_facts(const GumboElement& element) {
  if (element.tag_namespace == GUMBO_NAMESPACE_HTML) return true;
  return element.tag_namespace == GUMBO_NAMESPACE_SVG &&
         (element.tag == GUMBO_TAG_A || element.tag == GUMBO_TAG_IMAGE);
}

class TreeReader {
 public:
  explicit TreeReader(FactCollector& facts) : facts_(facts) {}

  bool enter(const GumboNode& node) {
    // What is inside a <template> is no part of the page.
    const bool is_part = node.type != GUMBO_NODE_TEMPLATE;
    bool is_hidden = !is_part || (!are_hidden_.empty() && are_hidden_.back());
    if (is_part) {
      const GumboElement& element = node.v.element;
      read_attributes(element);
      if (has_facts(element)) open(element);
      is_hidden = is_hidden || hides_text(element, attributes_);
    }
    are_hidden_.push_back(is_hidden);
    return is_part;
  }

  void leave(const GumboNode& node) {
    are_hidden_.pop_back();
    if (node.type != GUMBO_NODE_TEMPLATE && has_facts(node.v.element)) facts_.close(node.v.element.tag);
  }

  void visit(const GumboNode& leaf) {
    if (leaf.type != GUMBO_NODE_COMMENT) facts_.add_text(text_of(leaf), are_hidden_.back());
  }

 private:
  /// Of a tag <a> that is closed out of turn gumbo makes several elements, which are one link.
  void open(const GumboElement& element) {
    const std::size_t place = element.start_pos.offset;
    if (element.tag != GUMBO_TAG_A) return facts_.open(element.tag, attributes_, place);
    if (const auto known = anchors_.find(place); known != anchors_.end())
      return facts_.reopen_anchor(known->second);
    facts_.open(element.tag, attributes_, place);
    if (const auto anchor = facts_.open_anchor()) anchors_.emplace_hint(anchors_.end(), place, *anchor);
  }

  void read_attributes(const GumboElement& element) {
    attributes_.clear();
    for (const GumboAttribute& attribute : attributes_of(element))
      attributes_.push_back({name_of(attribute), attribute.value});
  }

  FactCollector& facts_;
  std::vector<bool> are_hidden_;                // the texts of the open elements
  std::map<std::size_t, std::size_t> anchors_;  // by their places in the page
  std::vector<Attribute> attributes_;           // of the newest node: one vector for all of them
};

}  // namespace

std::string_view name(LinkKind kind) {
  switch (kind) {
    case LinkKind::a:
      return "a";
    case LinkKind::area:
      return "area";
    case LinkKind::link:
      return "link";
    case LinkKind::img:
      return "img";
    case LinkKind::srcset:
      return "srcset";
    case LinkKind::media:
      return "media";
    case LinkKind::script:
      return "script";
    case LinkKind::iframe:
      return "iframe";
    case LinkKind::frame:
      return "frame";
    case LinkKind::form:
      return "form";
    case LinkKind::meta_refresh:
      return "meta_refresh";
  }
  return {};
}

PageFacts read_page(std::string_view html, const Url& page, LinkReading links) {
  if (!is_utf8(html)) return read_page(repair_utf8(html), page, links);
  FactCollector facts(page, html.size(), links);
  HtmlTokenizer tokenizer(html);
  TreeConstruction construction(tokenizer, facts);
  while (const HtmlToken* const token = tokenizer.next()) construction.take(*token);
  construction.finish();
  PageFacts read = std::move(facts).finish();
  read.beyond_bounds |= construction.was_too_deep();
  return read;
}

PageFacts read_page(const HtmlTree& tree, const Url& page, LinkReading links) {
  FactCollector facts(page, tree.page_size(), links);
  walk_tree(tree.root(), TreeReader(facts));
  return std::move(facts).finish();
}

}  // namespace parse
