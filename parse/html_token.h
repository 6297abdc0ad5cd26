// What the tokenizer makes of HTML: a tag, a run of characters, a comment, a doctype.
//
//   if (token.kind == HtmlToken::Kind::start_tag && token.tag == GUMBO_TAG_A)
//     find_attribute(token.attributes, "href");
//
// Contract: views into the page or into the tokenizer, valid until its next call; UTF-8.
// Source: https://html.spec.whatwg.org/#tokenization
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <gumbo.h>

#include "parse/attribute.h"

namespace parse {

struct HtmlToken {
  enum class Kind : std::uint8_t { text, start_tag, end_tag, comment, doctype };

  bool is_start() const { return kind == Kind::start_tag; }

  Kind kind = Kind::text;
  bool is_self_closing = false;      // start tags
  GumboTag tag = GUMBO_TAG_UNKNOWN;  // of tags: GUMBO_TAG_UNKNOWN for names that HTML does not have
  std::string_view text = {};  // text: characters; tags: the name in lower case; comment, doctype: data, name
  /// Of start tags: names in lower case, values decoded. A name may come twice: the first counts.
  std::span<const Attribute> attributes = {};
};

struct Doctype {
  std::optional<std::string_view> name;
  std::optional<std::string_view> public_id;
  std::optional<std::string_view> system_id;
  bool forces_quirks = false;
};

}  // namespace parse
