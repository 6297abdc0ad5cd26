#include "crawler/http/media_types.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "crawler/http/ascii_case.h"

namespace crawler::http {
namespace {

constexpr std::string_view kAny = "*";
constexpr std::string_view kAnyWithSuffix = "*+";

struct MediaType {
  std::string_view type, subtype;
};

/// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  const auto may_stand = [&](char c) {
    return (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || kSymbols.contains(c);
  };
  return !text.empty() && std::ranges::all_of(text, may_stand);
}

std::optional<MediaType> split(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const MediaType found{.type = text.substr(0, slash), .subtype = text.substr(slash + 1)};
  if (!is_token(found.type) || !is_token(found.subtype)) return std::nullopt;
  return found;
}

std::string_view without_parameters(std::string_view content_type) {
  constexpr std::string_view kWhiteSpace = " \t";
  std::string_view type = content_type.substr(0, content_type.find(';'));
  type.remove_prefix(std::min(type.find_first_not_of(kWhiteSpace), type.size()));
  return type.substr(0, type.find_last_not_of(kWhiteSpace) + 1);
}

bool is_same(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, {}, to_lower);
}

bool has_suffix(std::string_view subtype, std::string_view suffix) {
  return subtype.size() > suffix.size() && subtype[subtype.size() - suffix.size() - 1] == '+' &&
         is_same(subtype.substr(subtype.size() - suffix.size()), suffix);
}

}  // namespace

MediaTypes::MediaTypes(const std::vector<std::string>& patterns) {
  for (const std::string& text : patterns) {
    std::optional<Pattern> pattern = read_pattern(text);
    if (!pattern) throw std::invalid_argument("no pattern of media types: " + text);
    patterns_.push_back(*std::move(pattern));
  }
}

bool MediaTypes::is_pattern(std::string_view text) { return read_pattern(text).has_value(); }

std::optional<MediaTypes::Pattern> MediaTypes::read_pattern(std::string_view text) {
  const std::optional<MediaType> parts = split(text);
  if (!parts) return std::nullopt;
  Pattern pattern;
  if (parts->type != kAny) pattern.type = in_lower_case(parts->type);
  if (parts->subtype.size() > kAnyWithSuffix.size() && parts->subtype.starts_with(kAnyWithSuffix))
    pattern.suffix = in_lower_case(parts->subtype.substr(kAnyWithSuffix.size()));
  else if (parts->subtype != kAny)
    pattern.subtype = in_lower_case(parts->subtype);
  // An asterisk elsewhere would look like a pattern and be none.
  if ((pattern.type + pattern.subtype + pattern.suffix).contains('*')) return std::nullopt;
  return pattern;
}

bool MediaTypes::accepts(std::optional<std::string_view> content_type) const {
  if (!content_type) return true;
  const std::optional<MediaType> answer = split(without_parameters(*content_type));
  if (!answer) return true;
  return std::ranges::any_of(patterns_, [&](const Pattern& wanted) {
    return (wanted.type.empty() || is_same(answer->type, wanted.type)) &&
           (wanted.subtype.empty() || is_same(answer->subtype, wanted.subtype)) &&
           (wanted.suffix.empty() || has_suffix(answer->subtype, wanted.suffix));
  });
}

}  // namespace crawler::http
