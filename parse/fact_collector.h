// Gathers PageFacts from a page's tags and texts in document order.
//
//   FactCollector facts(url, html.size());
//   facts.open(GUMBO_TAG_A, attributes);   facts.add_text("home");   facts.close(GUMBO_TAG_A);
//   return facts.finish();
//
// Contract: total, in time and memory bounded by the page's size, whatever the order of calls (a tree's walk
// closes all that it opens, a plain reading of tags need not). Links are resolved by finish(), since the
// <base> that they go by may come late; beyond a budget of bytes the rest is dropped and `beyond_bounds` set.
// Source: https://html.spec.whatwg.org/
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/page_facts.h"
#include "parse/url.h"
#include "parse/visible_text.h"

namespace parse {

class FactCollector {
 public:
  FactCollector(const Url& page, std::size_t page_size);

  void open(GumboTag tag, std::span<const Attribute> attributes);
  void close(GumboTag tag);
  /// The text of a <title> counts even where it is hidden, as all of <head> is.
  void add_text(std::string_view text, bool is_hidden);

  PageFacts finish() &&;

 private:
  struct Reference {
    LinkKind kind;
    std::string href;
    std::string rel;
    std::string text;
  };

  void read_meta(std::span<const Attribute> attributes);
  void add_reference(LinkKind kind, std::optional<std::string_view> href,
                     std::span<const Attribute> attributes);
  bool spend(std::size_t bytes);
  void resolve_references();

  const Url& page_;
  /// Bytes that links may take as references, and again once resolved: small ones to a long base could fill
  /// any memory.
  std::size_t budget_;
  std::size_t left_;
  PageFacts facts_;
  VisibleText visible_;
  std::optional<std::string> base_;
  std::vector<Reference> references_;
  std::optional<std::size_t> open_anchor_;  // an index into references_
  bool is_in_title_ = false;
  std::size_t preformatted_depth_ = 0;
};

/// Whether browsers show nothing of the element's text. Text in <noscript> is what they show without scripts:
/// mostly a request to switch them on.
bool hides_text(GumboTag tag);

}  // namespace parse
