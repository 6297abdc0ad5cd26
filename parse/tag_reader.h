// A tag's name and attributes.
//
//   TagReader tag;
//   at = tag.read(at, end);  // from behind '<' or "</" to behind '>'; null if the end cuts the tag off
//   tag.name();              // in lower case
//   tag.attributes();        // views into the page or the reader, until the next read
//
// Contract: total, linear. The attributes beyond max_attributes are read over; a name may come twice.
// Source: https://html.spec.whatwg.org/#tag-name-state to #self-closing-start-tag-state
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/attribute.h"
#include "parse/decoded_text.h"
#include "parse/tag_name.h"

namespace parse {

class TagReader {
 public:
  /// A tag has no use for more.
  static constexpr std::size_t max_attributes = 512;

  /// At `at` is a letter.
  const char* read(const char* at, const char* end);

  GumboTag tag() const { return tag_; }
  std::string_view name() const { return name_; }
  std::string_view source_name() const { return source_name_; }
  std::span<const Attribute> attributes() const {
    return {attributes_.data(), std::min(attributes_.size(), max_attributes)};
  }
  bool is_self_closing() const { return is_self_closing_; }

 private:
  const char* read_name(const char* at, const char* end);
  const char* read_attribute(const char* at, const char* end);
  const char* read_value(const char* at, const char* end, std::string_view& value);
  template <char kQuote>
  const char* read_quoted_value(const char* at, const char* end, std::string_view& value);
  const char* read_unquoted_value(const char* at, const char* end, std::string_view& value);
  bool is_beyond_bound() const { return attributes_.size() > max_attributes; }
  Attribute& next_attribute();
  std::string_view decode_value(std::string_view source);

  const TagNames& names_ = TagNames::get();
  GumboTag tag_ = GUMBO_TAG_UNKNOWN;
  bool is_self_closing_ = false;
  std::string_view name_;
  std::string_view source_name_;
  std::vector<Attribute> attributes_;  // one more than the bound: all that are read over, in turn
  DecodedText decoded_;
};

}  // namespace parse
