// The tags and texts of an HTML document in a row: no tree, no implied tags.
//
//   TagScanner scanner("<p class=x>a &amp; b");
//   while (const auto token = scanner.next())
//     if (token->kind == MarkupToken::Kind::start_tag) token->tag;   // GUMBO_TAG_P
//
// Contract: total, in linear time; tokens view into the scanner and are valid until the next call. Comments,
// doctypes and processing instructions are passed over; script, style and their like are one text as it
// stands. Elsewhere character references are decoded if they are numbers or the handful of names that pages
// are full of. Source: https://html.spec.whatwg.org/#tokenization, simplified
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "parse/attribute.h"

namespace parse {

struct MarkupToken {
  enum class Kind { text, start_tag, end_tag };
  Kind kind;
  GumboTag tag;  // GUMBO_TAG_UNKNOWN for text, and for names that HTML does not have
  std::string_view text;
  std::span<const Attribute> attributes;
};

class TagScanner {
 public:
  /// `html` is UTF-8 and outlives the scanner.
  explicit TagScanner(std::string_view html) : html_(html) {}

  std::optional<MarkupToken> next();

 private:
  /// A tag has no use for more.
  static constexpr std::size_t max_attributes = 512;

  MarkupToken read_text(std::size_t end);
  MarkupToken read_raw_text(std::size_t end);
  std::optional<MarkupToken> read_tag();
  void read_attribute();
  std::size_t end_of_raw_text() const;
  char peek(std::size_t ahead = 0) const { return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0'; }
  void skip_past(std::string_view end);

  std::string_view html_;
  std::size_t at_ = 0;
  std::string raw_text_of_;  // the name of the element whose text is next, if that is no markup
  std::string text_;
  std::deque<std::string> strings_;  // what attributes_ views
  std::vector<Attribute> attributes_;
};

}  // namespace parse
