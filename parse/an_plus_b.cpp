#include "parse/an_plus_b.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "parse/ascii.h"

namespace parse {
namespace {

/// -1 or 1.
std::optional<int> take_sign(CssScanner& css) {
  if (css.take('+')) return 1;
  if (css.take('-')) return -1;
  return std::nullopt;
}

std::int64_t to_number(std::string_view digits) {
  std::int64_t number = 0;
  for (const char digit : digits) number = std::min(number * 10 + (digit - '0'), AnPlusB::max_number);
  return number;
}

AnPlusB fail(CssScanner& css) {
  css.fail("expected a position, such as 3, 2n+1, odd or even");
  return {.a = 0, .b = 0};
}

}  // namespace

AnPlusB take_an_plus_b(CssScanner& css) {
  css.skip_space();
  if (to_lower(css.peek()) == 'o' || to_lower(css.peek()) == 'e') {
    const std::size_t begin = css.at();
    const std::string word = to_lower(css.take_name());
    if (word == "odd") return {.a = 2, .b = 1};
    if (word == "even") return {.a = 2, .b = 0};
    css.fail(begin, "expected a position, such as 3, 2n+1, odd or even");
    return {.a = 0, .b = 0};
  }

  const std::int64_t sign = take_sign(css).value_or(1);
  const std::string_view digits = css.take_digits();
  if (!css.take('n') && !css.take('N')) {
    if (digits.empty() || css.is_at_name()) return fail(css);
    return {.a = 0, .b = sign * to_number(digits)};
  }
  const std::int64_t a = sign * (digits.empty() ? 1 : to_number(digits));
  if (css.is_at_name()) return fail(css);

  css.skip_space();
  const std::optional<int> sign_of_b = take_sign(css);
  if (!sign_of_b) return {.a = a, .b = 0};
  css.skip_space();
  const std::string_view digits_of_b = css.take_digits();
  if (digits_of_b.empty() || css.is_at_name()) return fail(css);
  return {.a = a, .b = *sign_of_b * to_number(digits_of_b)};
}

}  // namespace parse
