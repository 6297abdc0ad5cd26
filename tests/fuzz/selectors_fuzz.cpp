// A line with a field, a line with the selector of its items, and a page. Values are UTF-8, errors point into
// what they are about, and selectors of one meaning select the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parse/element_index.h"
#include "parse/extraction.h"
#include "parse/field.h"
#include "parse/html_tree.h"
#include "parse/selector.h"
#include "parse/selector_matcher.h"
#include "parse/utf8.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

void check_error(std::string_view text, const parse::SelectorError& error) {
  require(error.at <= text.size() && !error.what.empty());
  const std::string shown = parse::point_at(text, error);
  require(parse::is_utf8(shown) && std::ranges::count(shown, '\n') == 1);
  for (const char c : shown) require(c == '\n' || (c >= ' ' && c != '\x7F') || c < 0);
}

void check_selector(std::string_view css, const parse::Selector& selector, const parse::ElementIndex& index) {
  parse::SelectorMatcher matcher(index);
  const std::vector<parse::ElementId> selected = matcher.select(selector);
  require(std::ranges::is_sorted(selected));
  for (const parse::ElementId id : selected) require(id < index.size());

  const auto twice_not = parse::Selector::parse(":not(:not(" + std::string(css) + "))");
  if (twice_not) require(matcher.select(*twice_not) == selected);
  const auto among_all = parse::Selector::parse(std::string(css) + ",:not(*)");
  if (among_all) require(matcher.select(*among_all) == selected);
}

void check_value(const parse::FieldValue& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) require(parse::is_utf8(*text));
  if (const auto* const texts = std::get_if<std::vector<std::string>>(&value))
    for (const std::string& text : *texts) require(parse::is_utf8(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view spec = take_line(input);
  const std::string_view css = take_line(input);

  parse::Extraction wanted;
  const auto field = parse::Field::parse(spec);
  if (field)
    wanted.fields.push_back(*field);
  else
    check_error(spec, field.error());
  const auto each = parse::Selector::parse(css);
  if (each)
    wanted.each = *each;
  else
    check_error(css, each.error());

  const auto tree = parse::HtmlTree::parse(input);
  if (!tree) return 0;
  if (each) check_selector(css, *each, parse::ElementIndex(tree->root()));
  const parse::Extracted found = parse::extract(*tree, *parse::Url::parse("http://a/b/c?d"), wanted);
  require(wanted.each || found.items.size() == 1);
  for (const parse::Item& item : found.items) {
    require(item.size() == wanted.fields.size());
    for (const parse::FieldValue& value : item) check_value(value);
  }
  return 0;
}
