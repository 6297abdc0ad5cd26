#include "parse/srcset.h"

#include <algorithm>
#include <cstddef>

#include "parse/ascii.h"

namespace parse {
namespace {

constexpr std::string_view kSpaces = " \t\n\f\r";
constexpr std::string_view kSpacesAndCommas = " \t\n\f\r,";
constexpr std::string_view kDigits = "0123456789";

void skip(std::string_view members, std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(members), text.size()));
}

std::string_view take(std::size_t length, std::string_view& text) {
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(taken.size());
  return taken;
}

std::string_view take_digits(std::string_view& text) { return take(text.find_first_not_of(kDigits), text); }

bool holds_no_other_than(std::string_view members, std::string_view text) {
  return text.find_first_not_of(members) == std::string_view::npos;
}

/// https://html.spec.whatwg.org/#valid-non-negative-integer, and not zero
bool is_positive_integer(std::string_view text) {
  return holds_no_other_than(kDigits, text) && !holds_no_other_than("0", text);
}

/// https://html.spec.whatwg.org/#valid-floating-point-number, and not below zero
bool is_density(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction.empty()) return false;
  }
  if (whole.empty() && fraction.empty()) return false;
  if (is_negative && !(holds_no_other_than("0", whole) && holds_no_other_than("0", fraction))) return false;
  if (text.empty()) return true;

  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && holds_no_other_than(kDigits, text);
}

/// Whether the descriptors of one candidate go together.
class Descriptors {
 public:
  void add(std::string_view descriptor) {
    const std::string_view number = descriptor.substr(0, descriptor.size() - 1);
    bool is_taken = false;
    if (descriptor.ends_with('w') && is_positive_integer(number)) {
      is_taken = !has_width_ && !has_density_;
      has_width_ = true;
    } else if (descriptor.ends_with('x') && is_density(number)) {
      is_taken = !has_width_ && !has_density_ && !has_height_;
      has_density_ = true;
    } else if (descriptor.ends_with('h') && is_positive_integer(number)) {
      is_taken = !has_height_ && !has_density_;
      has_height_ = true;
    }
    is_wrong_ |= !is_taken;
  }

  bool are_valid() const { return !is_wrong_ && (has_width_ || !has_height_); }

 private:
  bool has_width_ = false;
  bool has_density_ = false;
  bool has_height_ = false;
  bool is_wrong_ = false;
};

/// Up to the first space or comma that is not in parentheses.
std::size_t descriptor_length(std::string_view text) {
  bool is_in_parentheses = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_in_parentheses)
      is_in_parentheses = text[i] != ')';
    else if (kSpacesAndCommas.contains(text[i]))
      return i;
    else
      is_in_parentheses = text[i] == '(';
  }
  return text.size();
}

}  // namespace

std::optional<std::string_view> SrcsetScanner::next() {
  for (;;) {
    skip(kSpacesAndCommas, rest_);
    if (rest_.empty()) return std::nullopt;
    std::string_view url = take(rest_.find_first_of(kSpaces), rest_);
    if (url.ends_with(',')) {
      url.remove_suffix(url.size() - 1 - url.find_last_not_of(','));
      return url;
    }
    if (read_descriptors()) return url;
  }
}

bool SrcsetScanner::read_descriptors() {
  Descriptors descriptors;
  for (;;) {
    skip(kSpaces, rest_);
    if (rest_.empty()) break;
    const std::string_view descriptor = take(descriptor_length(rest_), rest_);
    if (descriptor.empty()) {  // a comma ends the candidate
      rest_.remove_prefix(1);
      break;
    }
    descriptors.add(descriptor);
  }
  return descriptors.are_valid();
}

}  // namespace parse
