#include "parse/tag_reader.h"

#include "parse/byte_scan.h"
#include "parse/byte_set.h"

namespace parse {
namespace {

constexpr ByteSet kSpaces(" \t\n\f\r");
constexpr ByteSet kTagNameEnds = kSpaces | ByteSet("/>");
constexpr ByteSet kAttributeNameEnds = kTagNameEnds | ByteSet("=");
constexpr ByteSet kUnquotedEnds = kSpaces | ByteSet(">");
/// What a name does not keep.
constexpr ByteSet kChanged = ByteSet('A', 'Z') | ByteSet(std::string_view("\0", 1));

const char* skip_spaces(const char* at, const char* end) {
  while (at != end && kSpaces.contains(*at)) ++at;
  return at;
}

}  // namespace

const char* TagReader::read(const char* at, const char* end) {
  attributes_.clear();
  decoded_.clear();
  is_self_closing_ = false;
  at = read_name(at, end);
  for (;;) {
    at = skip_spaces(at, end);
    if (at == end) return nullptr;
    if (*at == '>') return at + 1;
    if (*at == '/') {
      if (++at == end) return nullptr;
      if (*at != '>') continue;
      is_self_closing_ = true;
      return at + 1;
    }
    at = read_attribute(at, end);
    if (at == nullptr) return nullptr;
  }
}

const char* TagReader::read_name(const char* at, const char* end) {
  const char* const begin = at;
  if (end - at > static_cast<std::ptrdiff_t>(ShortName::longest)) {
    const ShortName name(at);
    at += name.size();
    if (kTagNameEnds.contains(*at)) {
      const std::string_view source(begin, at);
      source_name_ = source;
      name_ = source;
      tag_ = names_.find(name.lower());
      if (!name.is_lower()) name_ = decoded_.lower_case(source);
      return at;
    }
  }
  bool is_changed = false;
  for (at = begin; at != end && !kTagNameEnds.contains(*at); ++at) is_changed |= kChanged.contains(*at);
  source_name_ = std::string_view(begin, at);
  name_ = is_changed ? decoded_.lower_case(source_name_) : source_name_;
  tag_ = names_.find(name_);
  return at;
}

const char* TagReader::read_attribute(const char* at, const char* end) {
  Attribute& attribute = next_attribute();
  const char* const begin = at;
  bool is_changed = false;
  do {  // a name may begin with '='
    is_changed |= kChanged.contains(*at);
    ++at;
  } while (at != end && !kAttributeNameEnds.contains(*at));
  const std::string_view name(begin, at);
  attribute.name = name;
  if (is_changed && !is_beyond_bound()) attribute.name = decoded_.lower_case(name);

  at = skip_spaces(at, end);
  if (at != end && *at == '=') return read_value(skip_spaces(at + 1, end), end, attribute.value);
  attribute.value = {};
  return at;
}

Attribute& TagReader::next_attribute() {
  if (is_beyond_bound()) return attributes_.back();
  return attributes_.emplace_back();
}

const char* TagReader::read_value(const char* at, const char* end, std::string_view& value) {
  if (at == end) return nullptr;
  if (*at == '"') return read_quoted_value<'"'>(at + 1, end, value);
  if (*at == '\'') return read_quoted_value<'\''>(at + 1, end, value);
  return read_unquoted_value(at, end, value);
}

template <char kQuote>
const char* TagReader::read_quoted_value(const char* at, const char* end, std::string_view& value) {
  const char* const begin = at;
  at = find_byte<kQuote, '&', '\r', '\0'>(at, end);
  if (at == end) return nullptr;
  if (*at == kQuote) {
    value = std::string_view(begin, at);
    return at + 1;
  }
  at = find_byte<kQuote>(at, end);
  if (at == end) return nullptr;
  value = decode_value(std::string_view(begin, at));
  return at + 1;
}

const char* TagReader::read_unquoted_value(const char* at, const char* end, std::string_view& value) {
  constexpr ByteSet kDecoded(std::string_view("&\0", 2));
  const char* const begin = at;
  bool is_decoded = false;
  for (; at != end && !kUnquotedEnds.contains(*at); ++at) is_decoded |= kDecoded.contains(*at);
  const std::string_view source(begin, at);
  value = is_decoded ? decode_value(source) : source;
  return at;
}

std::string_view TagReader::decode_value(std::string_view source) {
  return is_beyond_bound() ? source : decoded_.value(source);
}

}  // namespace parse
