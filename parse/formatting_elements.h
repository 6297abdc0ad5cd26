// The list of active formatting elements: <a>, <b> and their like whose end tags are yet to come, be they
// open or closed by the end of a block, after which they are opened again.
//
//   FormattingElements formatting;
//   formatting.add({.id = 1, .tag = GUMBO_TAG_B});   // <b>
//   formatting.mark_closed(1);                       // </p>
//   formatting.first_to_reopen();                    // 0: the <b>, at the next text
//
// Contract: at most max_since_marker elements since the last marker, of which the earliest gives way: each
// block could open all of them again. Searches go back to the last marker and no further.
// Source: https://html.spec.whatwg.org/#the-list-of-active-formatting-elements
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <gumbo.h>

namespace parse {

struct FormattingElement {
  std::uint32_t id;  // that of the open element; 0 for a marker
  GumboTag tag = GUMBO_TAG_UNKNOWN;
  bool hides_text = false;
  std::uint32_t likeness = 0;              // of two with the same attributes it is the same
  std::optional<std::size_t> anchor = {};  // as FactCollector names it

  bool is_marker() const { return id == 0; }
};

class FormattingElements {
 public:
  static constexpr std::size_t max_since_marker = 16;

  void add(const FormattingElement& element);
  void add_marker() { elements_.push_back({.id = 0}); }
  void clear_to_marker();

  std::size_t size() const { return elements_.size(); }
  FormattingElement& operator[](std::size_t index) { return elements_[index]; }

  /// The latest since the last marker.
  std::optional<std::size_t> find(GumboTag tag) const;
  std::optional<std::size_t> find_id(std::uint32_t id) const;
  void remove(std::size_t index) { elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(index)); }
  /// Also one that markers part from the end of the list.
  void mark_closed(std::uint32_t id);

  bool has_any_to_reopen() const { return !elements_.empty() && is_to_reopen(elements_.back()); }
  /// The index of the earliest such element behind which all are closed.
  std::size_t first_to_reopen() const;

 private:
  bool is_to_reopen(const FormattingElement& element) const {
    return !element.is_marker() && element.id < are_closed_.size() && are_closed_[element.id];
  }

  std::vector<FormattingElement> elements_;
  std::vector<bool> are_closed_;  // by the ids of open elements
};

}  // namespace parse
