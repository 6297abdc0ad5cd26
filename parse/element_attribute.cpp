#include "parse/element_attribute.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "parse/ascii.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

/// The attributes of HTML whose values selectors compare without case. Sorted.
constexpr std::array kCaselessAttributes{
    "accept"sv,     "accept-charset"sv, "align"sv,     "alink"sv,    "axis"sv,     "bgcolor"sv, "charset"sv,
    "checked"sv,    "clear"sv,          "codetype"sv,  "color"sv,    "compact"sv,  "declare"sv, "defer"sv,
    "dir"sv,        "direction"sv,      "disabled"sv,  "enctype"sv,  "face"sv,     "frame"sv,   "hreflang"sv,
    "http-equiv"sv, "lang"sv,           "language"sv,  "link"sv,     "media"sv,    "method"sv,  "multiple"sv,
    "nohref"sv,     "noresize"sv,       "noshade"sv,   "nowrap"sv,   "readonly"sv, "rel"sv,     "rev"sv,
    "rules"sv,      "scope"sv,          "scrolling"sv, "selected"sv, "shape"sv,    "target"sv,  "text"sv,
    "type"sv,       "valign"sv,         "valuetype"sv, "vlink"sv};
static_assert(std::ranges::is_sorted(kCaselessAttributes));

bool contains(std::string_view text, std::string_view part) {
  // Linear, as std::string_view::find() is not.
  return memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool matches_value(std::string_view value, const AttributeSelector& selector, bool is_case_kept) {
  using Operator = AttributeSelector::Operator;
  const std::string_view wanted = selector.value;
  switch (selector.op) {
    case Operator::exists:
      return true;
    case Operator::equals:
      return are_equal(value, wanted, is_case_kept);
    case Operator::has_word:
      return has_word(value, wanted, is_case_kept);
    case Operator::equals_or_dash:
      return are_equal(value.substr(0, wanted.size()), wanted, is_case_kept) &&
             (value.size() == wanted.size() || value[wanted.size()] == '-');
    case Operator::begins_with:
      return !wanted.empty() && are_equal(value.substr(0, wanted.size()), wanted, is_case_kept);
    case Operator::ends_with:
      return !wanted.empty() && value.size() >= wanted.size() &&
             are_equal(value.substr(value.size() - wanted.size()), wanted, is_case_kept);
    case Operator::contains:
      if (wanted.empty()) return false;
      return is_case_kept ? contains(value, wanted) : contains(to_lower(value), to_lower(wanted));
  }
  return false;
}

bool is_case_kept(const AttributeSelector& selector, bool is_html) {
  switch (selector.value_case) {
    case AttributeSelector::Case::ignored:
      return false;
    case AttributeSelector::Case::kept:
      return true;
    case AttributeSelector::Case::as_html_says:
      return !is_html || !std::ranges::binary_search(kCaselessAttributes, selector.lower_name);
  }
  return true;
}

}  // namespace

std::string qualified_name(const GumboAttribute& attribute) {
  const std::string name = attribute.name;
  switch (attribute.attr_namespace) {
    case GUMBO_ATTR_NAMESPACE_NONE:
      return name;
    case GUMBO_ATTR_NAMESPACE_XLINK:
      return "xlink:" + name;
    case GUMBO_ATTR_NAMESPACE_XML:
      return "xml:" + name;
    case GUMBO_ATTR_NAMESPACE_XMLNS:
      return name == "xmlns" ? name : "xmlns:" + name;
  }
  return name;
}

std::optional<std::string_view> find_attribute(const GumboElement& element, std::string_view name) {
  for (const GumboAttribute& attribute : attributes_of(element)) {
    const bool is_it = attribute.attr_namespace == GUMBO_ATTR_NAMESPACE_NONE
                           ? equals_ignoring_case(attribute.name, name)
                           : equals_ignoring_case(qualified_name(attribute), name);
    if (is_it) return attribute.value;
  }
  return std::nullopt;
}

bool matches_attribute(const GumboElement& element, const AttributeSelector& selector) {
  const bool is_html = element.tag_namespace == GUMBO_NAMESPACE_HTML;
  const std::string& name = is_html ? selector.lower_name : selector.name;
  for (const GumboAttribute& attribute : attributes_of(element)) {
    if (attribute.attr_namespace == GUMBO_ATTR_NAMESPACE_NONE && name == attribute.name)
      return matches_value(attribute.value, selector, is_case_kept(selector, is_html));
  }
  return false;
}

}  // namespace parse
