#include "parse/page_facts.h"

#include <span>
#include <vector>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/fact_collector.h"
#include "parse/html_tree.h"
#include "parse/tag_scanner.h"
#include "parse/utf8.h"

namespace parse {
namespace {

struct OpenNode {
  const GumboNode* node;
  bool is_hidden;
  unsigned int next_child = 0;
};

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

/// Walks without recursion: a tree may be deeper than the stack.
class TreeReader {
 public:
  explicit TreeReader(FactCollector& facts) : facts_(facts) {}

  void read(const GumboNode& root) {
    enter(root, false);
    while (!open_.empty()) {
      OpenNode& top = open_.back();
      const GumboElement& element = top.node->v.element;
      if (top.next_child == element.children.length) {
        if (has_facts(element)) facts_.close(element.tag);
        open_.pop_back();
        continue;
      }
      const auto& child = *static_cast<const GumboNode*>(element.children.data[top.next_child++]);
      // What is inside a <template> is no part of the page.
      if (child.type == GUMBO_NODE_ELEMENT)
        enter(child, top.is_hidden);
      else if (child.type == GUMBO_NODE_TEXT || child.type == GUMBO_NODE_WHITESPACE ||
               child.type == GUMBO_NODE_CDATA)
        facts_.add_text(child.v.text.text, top.is_hidden);
    }
  }

 private:
  void enter(const GumboNode& node, bool is_hidden) {
    const GumboElement& element = node.v.element;
    attributes_.clear();
    for (const void* const pointer : std::span(element.attributes.data, element.attributes.length)) {
      const auto& attribute = *static_cast<const GumboAttribute*>(pointer);
      attributes_.push_back({name_of(attribute), attribute.value});
    }
    if (has_facts(element)) facts_.open(element.tag, attributes_);
    open_.push_back({&node, is_hidden || hides_text(element, attributes_)});
  }

  FactCollector& facts_;
  std::vector<OpenNode> open_;
  std::vector<Attribute> attributes_;  // of the newest node: one vector for all of them
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

PageFacts read_page(std::string_view html, const Url& page) {
  const auto tree = HtmlTree::parse(html);
  return tree ? read_page(*tree, page) : read_tags(html, page);
}

PageFacts read_page(const HtmlTree& tree, const Url& page) {
  FactCollector facts(page, tree.page_size());
  TreeReader(facts).read(tree.root());
  return std::move(facts).finish();
}

PageFacts read_tags(std::string_view html, const Url& page) {
  const std::string repaired = repair_utf8(html);
  FactCollector facts(page, html.size());
  GumboTag hidden_in = GUMBO_TAG_UNKNOWN;
  TagScanner scanner(repaired);
  while (const auto token = scanner.next()) {
    switch (token->kind) {
      case MarkupToken::Kind::text:
        facts.add_text(token->text, hidden_in != GUMBO_TAG_UNKNOWN);
        break;
      case MarkupToken::Kind::start_tag:
        if (hidden_in == GUMBO_TAG_TEMPLATE) break;
        // The end tag of <head> is mostly left out.
        if (hidden_in == GUMBO_TAG_UNKNOWN && layout_of(token->tag).hides_text &&
            token->tag != GUMBO_TAG_HEAD)
          hidden_in = token->tag;
        facts.open(token->tag, token->attributes);
        break;
      case MarkupToken::Kind::end_tag:
        if (token->tag == hidden_in) hidden_in = GUMBO_TAG_UNKNOWN;
        facts.close(token->tag);
        break;
    }
  }
  PageFacts read = std::move(facts).finish();
  read.beyond_bounds = true;
  return read;
}

}  // namespace parse
