// Where in a page's tree its reading stands: the elements that are open there, and those to be opened again.
// What it opens, closes and adds is told to the facts, so that the tree itself is never built.
//
//   InsertionPoint point(facts);
//   point.insert(GUMBO_TAG_P);   point.insert_formatting(b);   point.add_text("bold");
//   point.pop_through(GUMBO_TAG_P);
//   point.reopen_formatting();   // the <b>
//
// Contract: total; each call takes time bounded by OpenElements::max_depth, and what it takes on average is a
// few steps. Beyond that depth an element takes the place of the one it would be in. An element that stands
// elsewhere in the tree than in the page (fostered by a table, moved or copied by wrong nesting) is told of
// once, where it stands in the page. What is inside a <template> is no part of the page and not told of.
// Source: https://html.spec.whatwg.org/#parsing-elements-that-contain-only-text and above
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/fact_collector.h"
#include "parse/formatting_elements.h"
#include "parse/html_token.h"
#include "parse/open_elements.h"

namespace parse {

class InsertionPoint {
 public:
  explicit InsertionPoint(FactCollector& facts) : facts_(facts) {}

  const OpenElements& open() const { return open_; }
  bool was_too_deep() const { return was_too_deep_; }

  /// An element of HTML; its id.
  std::uint32_t insert(GumboTag tag, std::span<const Attribute> attributes = {});
  void insert_void(GumboTag tag, std::span<const Attribute> attributes = {});
  void insert_formatting(const HtmlToken& token);
  void insert_foreign(OpenElement::Namespace name_space, const HtmlToken& token);
  void add_text(std::string_view text);

  /// Never <html>.
  void pop();
  void pop_to_size(std::size_t size);
  /// The latest element of this tag too.
  void pop_through(GumboTag tag) { pop_through(TagSet{tag}); }
  void pop_through(const TagSet& tags);
  /// Up to an element of one of these tags, which stays.
  void pop_to(const TagSet& tags);
  /// https://html.spec.whatwg.org/#generate-implied-end-tags
  void pop_implied(GumboTag except = GUMBO_TAG_UNKNOWN);
  /// What is within it stays open.
  void close_form(std::uint32_t id);

  bool has_in_list(GumboTag tag) const { return formatting_.find(tag).has_value(); }
  /// https://html.spec.whatwg.org/#reconstruct-the-active-formatting-elements
  void reopen_formatting() {
    if (formatting_.has_any_to_reopen()) reopen_all();
  }
  /// https://html.spec.whatwg.org/#adoption-agency-algorithm
  void close_formatting(GumboTag tag);
  /// Out of the list and out of the open elements.
  void drop_formatting(GumboTag tag);
  void add_marker() { formatting_.add_marker(); }
  void clear_to_marker() { formatting_.clear_to_marker(); }

 private:
  void make_room();
  std::uint32_t push(OpenElement element);
  void reopen_all();
  std::size_t raise_above(std::size_t formatting, std::size_t block);
  void detach(std::size_t index);
  void remove(std::size_t index);
  /// Closes what is out of the open elements.
  void leave(const OpenElement& element);
  /// The same, but for the facts.
  void close(const OpenElement& element);
  /// Whether the facts are told of an element.
  bool tells_of(const OpenElement& element) const;

  FactCollector& facts_;
  OpenElements open_;
  FormattingElements formatting_;
  std::size_t hiding_ = 0;  // the open elements that hide text
  std::uint32_t last_id_ = 0;
  bool was_too_deep_ = false;
};

}  // namespace parse
