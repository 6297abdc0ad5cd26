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

bool is_element(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT; }

bool is_html(const GumboNode& node) { return node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML; }

std::vector<Attribute> attributes_of(const GumboElement& element) {
  const std::span<void* const> pointers(element.attributes.data, element.attributes.length);
  std::vector<Attribute> attributes;
  attributes.reserve(pointers.size());
  for (const void* const pointer : pointers) {
    const auto& attribute = *static_cast<const GumboAttribute*>(pointer);
    attributes.push_back({attribute.name, attribute.value});
  }
  return attributes;
}

bool hides_text_of(const GumboNode& node) {
  const GumboElement& element = node.v.element;
  if (is_html(node)) return hides_text(element.tag) || gumbo_get_attribute(&element.attributes, "hidden");
  return hides_text(element.tag) || element.tag == GUMBO_TAG_DESC;
}

/// Walks without recursion: a tree may be deeper than the stack.
void read_tree(const GumboNode& root, FactCollector& facts) {
  std::vector<OpenNode> open;
  const auto enter = [&](const GumboNode& node) {
    if (is_html(node)) facts.open(node.v.element.tag, attributes_of(node.v.element));
    open.push_back({&node, (!open.empty() && open.back().is_hidden) || hides_text_of(node)});
  };

  enter(root);
  while (!open.empty()) {
    OpenNode& top = open.back();
    const GumboElement& element = top.node->v.element;
    if (top.next_child == element.children.length) {
      if (is_html(*top.node)) facts.close(element.tag);
      open.pop_back();
      continue;
    }
    const auto& child = *static_cast<const GumboNode*>(element.children.data[top.next_child++]);
    // What is inside a <template> is no part of the page.
    if (is_element(child))
      enter(child);
    else if (child.type == GUMBO_NODE_TEXT || child.type == GUMBO_NODE_WHITESPACE ||
             child.type == GUMBO_NODE_CDATA)
      facts.add_text(child.v.text.text, top.is_hidden);
  }
}

void read_tags(std::string_view html, FactCollector& facts) {
  GumboTag hidden_in = GUMBO_TAG_UNKNOWN;
  TagScanner scanner(html);
  while (const auto token = scanner.next()) {
    switch (token->kind) {
      case MarkupToken::Kind::text:
        facts.add_text(token->text, hidden_in != GUMBO_TAG_UNKNOWN);
        break;
      case MarkupToken::Kind::start_tag:
        // The end tag of <head> is mostly left out.
        if (hidden_in == GUMBO_TAG_UNKNOWN && hides_text(token->tag) && token->tag != GUMBO_TAG_HEAD)
          hidden_in = token->tag;
        facts.open(token->tag, token->attributes);
        break;
      case MarkupToken::Kind::end_tag:
        if (token->tag == hidden_in) hidden_in = GUMBO_TAG_UNKNOWN;
        facts.close(token->tag);
        break;
    }
  }
}

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

PageFacts read_page(std::string_view html, const Url& base) {
  FactCollector collector(base, html.size());
  const auto tree = HtmlTree::parse(html);
  if (tree)
    read_tree(tree->root(), collector);
  else
    read_tags(repair_utf8(html), collector);

  PageFacts facts = std::move(collector).finish();
  facts.beyond_bounds |= !tree;
  return facts;
}

}  // namespace parse
