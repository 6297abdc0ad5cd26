// The stack of open elements: which elements of a page the place that is read stands in.
//
//   OpenElements open;
//   open.push(OpenElement::of_html(GUMBO_TAG_HTML));   open.push(OpenElement::of_html(GUMBO_TAG_P));
//   open.has_in_scope(GUMBO_TAG_P, Scope::button);   // true
//   open.pop();                                      // the <p>
//
// Contract: at most max_depth elements, so that no search takes longer than that; whoever pushes more pops
// first. <html> is pushed first and stays. An element that is closed while others within it stay open (a
// <form>, or an <a> around a table) stays as a ghost, which nothing finds, until those are closed.
// Source: https://html.spec.whatwg.org/#the-stack-of-open-elements
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/tag_set.h"

namespace parse {

/// How far a search for an element goes.
/// Source: https://html.spec.whatwg.org/#has-an-element-in-scope
enum class Scope : std::uint8_t { general = 1, list_item = 2, button = 4, table = 8, select = 16 };

struct OpenElement {
  enum class Namespace : std::uint8_t { html, svg, math, ghost };
  /// Which rules tokens within it go by: those for HTML, those for foreign content, or those for HTML but for
  /// some tokens (https://html.spec.whatwg.org/#mathml-text-integration-point and below).
  enum class Content : std::uint8_t { html, foreign, math_text, annotation, html_in_foreign };

  static OpenElement of_html(GumboTag tag, std::span<const Attribute> attributes = {});
  static OpenElement of_foreign(Namespace name_space, GumboTag tag, std::string_view name,
                                std::span<const Attribute> attributes);

  bool is_html() const { return name_space == Namespace::html; }
  bool is_html(GumboTag other) const { return tag == other && is_html(); }
  bool is_html_in(const TagSet& tags) const { return is_html() && tags.contains(tag); }
  bool ends(Scope scope) const { return (bounds & static_cast<unsigned>(scope)) != 0; }

  GumboTag tag;
  Namespace name_space = Namespace::html;
  Content content = Content::html;
  std::uint8_t bounds = 0;     // the scopes that end here
  bool is_special = false;     // https://html.spec.whatwg.org/#special
  bool is_formatting = false;  // it is in the list of active formatting elements
  bool hides_text = false;
  std::uint32_t id = 0;
  std::uint32_t name_hash = 0;  // of a foreign element, whose tag mostly is unknown
};

/// For names of foreign elements; two that are taken for one do no more harm than a wrong end tag.
std::uint32_t hash_name(std::string_view name);

class OpenElements {
 public:
  /// What browsers allow.
  static constexpr std::size_t max_depth = 512;

  bool is_empty() const { return size_ == 0; }
  bool is_full() const { return size_ == max_depth; }
  std::size_t size() const { return size_; }
  const OpenElement& operator[](std::size_t index) const { return elements_[index]; }
  const OpenElement& top() const { return elements_[size_ - 1]; }

  /// Not when it is full.
  void push(const OpenElement& element) {
    if (element.is_html()) ++counts_[element.tag];
    elements_[size_++] = element;
  }
  OpenElement pop() {
    const OpenElement element = elements_[--size_];
    if (element.is_html()) --counts_[element.tag];
    return element;
  }
  OpenElement remove(std::size_t index);
  void make_ghost(std::size_t index);
  /// Moves an element up the stack; those between go down by one.
  void raise(std::size_t from, std::size_t to);

  std::optional<std::size_t> find_id(std::uint32_t id) const;
  std::optional<std::size_t> find_id_in_scope(std::uint32_t id) const;
  bool has(GumboTag tag) const { return counts_[tag] > 0; }
  bool has_in_scope(GumboTag tag, Scope scope) const { return has(tag) && has_in_scope(TagSet{tag}, scope); }
  bool has_in_scope(const TagSet& tags, Scope scope) const;

 private:
  std::array<OpenElement, max_depth> elements_;
  std::size_t size_ = 0;
  std::array<std::uint16_t, GUMBO_TAG_LAST + 1> counts_{};  // of the HTML elements of each tag
};

}  // namespace parse
