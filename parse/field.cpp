#include "parse/field.h"

#include <cstddef>
#include <utility>

#include "parse/ascii.h"
#include "parse/byte_set.h"

namespace parse {
namespace {

constexpr ByteSet kNameBytes = ByteSet('a', 'z') | ByteSet('A', 'Z') | ByteSet('0', '9') | ByteSet("_-.");
// What no tag can name an attribute with.
constexpr ByteSet kNotInAttributes = ByteSet(0x00, 0x20) | ByteSet("\"'<>/=\x7F");

using std::string_view_literals::operator""sv;

std::unexpected<SelectorError> fail(std::size_t at, std::string what) {
  return std::unexpected(SelectorError{.at = at, .what = std::move(what)});
}

/// The last '@' outside of quotes, brackets and comments, or the text's size.
std::size_t find_at_sign(std::string_view css) {
  std::size_t found = css.size();
  std::size_t depth = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < css.size(); ++i) {
    const char c = css[i];
    if (c == '\\') {
      ++i;
    } else if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (css.substr(i, 2) == "/*"sv) {
      const std::size_t end = css.find("*/", i + 2);
      if (end == std::string_view::npos) return found;
      i = end + 1;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if ((c == ')' || c == ']') && depth > 0) {
      --depth;
    } else if (c == '@' && depth == 0) {
      found = i;
    }
  }
  return found;
}

}  // namespace

std::expected<Field, SelectorError> Field::parse(std::string_view spec) {
  const std::size_t equals = spec.find('=');
  if (equals == std::string_view::npos)
    return fail(spec.size(), "expected '=' and a selector after the name");

  Field field;
  std::string_view name = spec.substr(0, equals);
  field.is_list = name.ends_with("[]");
  if (field.is_list) name.remove_suffix(2);
  if (name.empty()) return fail(0, "expected a name before '='");
  for (std::size_t i = 0; i < name.size(); ++i)
    if (!kNameBytes.contains(name[i])) return fail(i, "a name has letters, digits, '_', '-' and '.' only");
  field.name = name;

  const std::size_t css_begin = equals + 1;
  const std::string_view rest = spec.substr(css_begin);
  const std::size_t at_sign = find_at_sign(rest);
  if (at_sign < rest.size()) {
    const std::string_view attribute = strip_spaces(rest.substr(at_sign + 1));
    const auto attribute_begin = static_cast<std::size_t>(attribute.data() - spec.data());
    if (attribute.empty())
      return fail(attribute_begin, "expected text, html or the name of an attribute after '@'");
    const std::size_t bad = kNotInAttributes.find_in(attribute);
    if (bad < attribute.size()) return fail(attribute_begin + bad, "no attribute's name has this character");
    field.attribute = to_lower(attribute);
    field.source = Source::attribute;
    if (field.attribute == "text") field.source = Source::text;
    if (field.attribute == "html") field.source = Source::html;
  }

  const std::string_view css = rest.substr(0, at_sign);
  if (strip_spaces(css).empty()) return field;
  auto selector = Selector::parse(css);
  if (!selector) return fail(css_begin + selector.error().at, std::move(selector).error().what);
  field.selector = *std::move(selector);
  return field;
}

}  // namespace parse
