#include "parse/formatting_elements.h"

namespace parse {
namespace {

/// Noah's Ark clause: https://html.spec.whatwg.org/#push-onto-the-list-of-active-formatting-elements
constexpr std::size_t kMaxAlike = 3;

}  // namespace

void FormattingElements::add(const FormattingElement& element) {
  std::size_t alike = 0;
  std::size_t earliest_alike = 0;
  std::size_t begin = elements_.size();
  for (; begin > 0 && !elements_[begin - 1].is_marker(); --begin) {
    const FormattingElement& other = elements_[begin - 1];
    if (other.tag != element.tag || other.likeness != element.likeness) continue;
    ++alike;
    earliest_alike = begin - 1;
  }
  if (alike >= kMaxAlike)
    remove(earliest_alike);
  else if (elements_.size() - begin >= max_since_marker)
    remove(begin);
  elements_.push_back(element);
}

void FormattingElements::clear_to_marker() {
  while (!elements_.empty()) {
    const bool was_marker = elements_.back().is_marker();
    elements_.pop_back();
    if (was_marker) return;
  }
}

std::optional<std::size_t> FormattingElements::find(GumboTag tag) const {
  for (std::size_t i = elements_.size(); i > 0 && !elements_[i - 1].is_marker(); --i)
    if (elements_[i - 1].tag == tag) return i - 1;
  return std::nullopt;
}

std::optional<std::size_t> FormattingElements::find_id(std::uint32_t id) const {
  for (std::size_t i = elements_.size(); i > 0 && !elements_[i - 1].is_marker(); --i)
    if (elements_[i - 1].id == id) return i - 1;
  return std::nullopt;
}

void FormattingElements::mark_closed(std::uint32_t id) {
  if (id >= are_closed_.size()) are_closed_.resize(id + std::size_t{1});
  are_closed_[id] = true;
}

std::size_t FormattingElements::first_to_reopen() const {
  std::size_t first = elements_.size();
  while (first > 0 && is_to_reopen(elements_[first - 1])) --first;
  return first;
}

}  // namespace parse
