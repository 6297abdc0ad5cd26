#include "parse/extraction.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "parse/element_attribute.h"
#include "parse/element_index.h"
#include "parse/inner_html.h"
#include "parse/selector_matcher.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMegabyte = 1024 * 1024;
/// Elements within each other repeat their content, and a long base is repeated by each reference.
constexpr std::size_t kMaxGrowth = 64;
constexpr std::size_t kMaxBytes = 32 * kMegabyte;

/// Whether the attribute is an address there: pages give some of these names to others of their own.
bool holds_url(const GumboElement& element, std::string_view attribute) {
  const GumboTag tag = element.tag;
  if (attribute == "href"sv || attribute == "xlink:href"sv || attribute == "src"sv) return true;
  if (attribute == "action"sv) return tag == GUMBO_TAG_FORM;
  if (attribute == "data"sv) return tag == GUMBO_TAG_OBJECT;
  if (attribute == "poster"sv) return tag == GUMBO_TAG_VIDEO;
  return attribute == "cite"sv || attribute == "formaction"sv;
}

/// Elements beside each other in document order.
struct Scope {
  ElementId begin;
  ElementId end;
};

class Extractor {
 public:
  Extractor(const HtmlTree& page, const Url& base, const Extraction& wanted)
      : base_(base),
        wanted_(wanted),
        index_(page.root()),
        matcher_(index_),
        left_(std::min(kMaxGrowth * page.page_size() + kMegabyte, kMaxBytes)) {}

  Extracted run() && {
    for (const Field& field : wanted_.fields) matches_.push_back(find_matches(field));
    if (wanted_.each) {
      for (const ElementId item : matcher_.select(*wanted_.each))
        add_item(item, {.begin = item + 1, .end = index_.end(item)});
    } else {
      add_item(0, {.begin = 0, .end = index_.end(0)});
    }
    return std::move(found_);
  }

 private:
  std::vector<ElementId> find_matches(const Field& field) {
    if (!field.selector) return {};
    std::vector<ElementId> matches = matcher_.select(*field.selector);
    std::erase_if(matches, [&](ElementId id) { return !has_source(id, field); });
    return matches;
  }

  bool has_source(ElementId id, const Field& field) const {
    return field.source != Field::Source::attribute ||
           find_attribute(index_.node(id).v.element, field.attribute).has_value();
  }

  void add_item(ElementId item, Scope scope) {
    if (!spend(sizeof(Item) + wanted_.fields.size() * sizeof(FieldValue))) return;
    Item& values = found_.items.emplace_back();
    for (std::size_t i = 0; i < wanted_.fields.size(); ++i) {
      const Field& field = wanted_.fields[i];
      if (field.selector)
        values.push_back(read_field(field, cut(matches_[i], scope)));
      else if (has_source(item, field))
        values.push_back(read_field(field, {&item, 1}));
      else
        values.push_back(read_field(field, {}));
    }
  }

  static std::span<const ElementId> cut(const std::vector<ElementId>& matches, Scope scope) {
    return {std::ranges::lower_bound(matches, scope.begin), std::ranges::lower_bound(matches, scope.end)};
  }

  FieldValue read_field(const Field& field, std::span<const ElementId> matches) {
    if (!field.is_list) {
      if (matches.empty()) return {};
      auto value = read_value(field, matches.front());
      return value ? FieldValue(*std::move(value)) : FieldValue();
    }
    std::vector<std::string> values;
    for (const ElementId match : matches) {
      auto value = read_value(field, match);
      if (!value) break;
      values.push_back(*std::move(value));
    }
    return values;
  }

  /// nullopt once the budget is spent.
  std::optional<std::string> read_value(const Field& field, ElementId id) {
    if (found_.beyond_bounds) return std::nullopt;
    std::optional<std::string> value;
    std::size_t cost = sizeof(std::string);
    switch (field.source) {
      case Field::Source::text:
        value = matcher_.texts().of(id);
        break;
      case Field::Source::html:
        value = inner_html(index_.node(id), left_);
        break;
      case Field::Source::attribute:
        value = find_attribute(index_.node(id).v.element, field.attribute);
        if (!holds_url(index_.node(id).v.element, field.attribute)) break;
        // Resolving reads the base, be the result ever so short.
        cost += base_.href().size();
        if (const auto url = base_.resolve(*value)) value = url->href();
        break;
    }
    cost += value ? value->size() : kMaxBytes;
    return spend(cost) ? std::move(value) : std::nullopt;
  }

  bool spend(std::size_t bytes) {
    if (found_.beyond_bounds || bytes > left_) {
      found_.beyond_bounds = true;
      return false;
    }
    left_ -= bytes;
    return true;
  }

  const Url& base_;
  const Extraction& wanted_;
  ElementIndex index_;
  SelectorMatcher matcher_;
  std::vector<std::vector<ElementId>> matches_;  // of each field, in the whole page
  std::size_t left_;
  Extracted found_;
};

}  // namespace

Extracted extract(const HtmlTree& page, const Url& base, const Extraction& wanted) {
  return Extractor(page, base, wanted).run();
}

}  // namespace parse
