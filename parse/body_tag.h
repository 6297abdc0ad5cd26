// Which of the rules for the body a tag goes by.
//
//   body_tag(GUMBO_TAG_UL) == BodyTag::block;   // as a start tag it ends a paragraph
//
// Contract: one look into a table, for any tag.
// Source: https://html.spec.whatwg.org/#parsing-main-inbody
#pragma once

#include <cstdint>

#include <gumbo.h>

namespace parse {

/// Tags that the body treats alike.
enum class BodyTag : std::uint8_t {
  ordinary,
  html,
  head_content,
  body,
  frameset,
  block,
  preformatted,
  heading,
  form,
  list_item,
  definition,  // <dt>, <dd>
  plaintext,
  paragraph,
  button,
  anchor,
  formatting,
  nobr,
  scoped,  // <object> and its like, in which formatting starts anew
  table,
  void_in_text,
  line_break,
  input,
  void_media,  // <source> and its like
  rule,
  textarea,
  xmp,
  raw_text,
  select,
  option,
  ruby_base,
  ruby_text,
  math,
  svg,
  misplaced,
};

BodyTag body_tag(GumboTag tag);

}  // namespace parse
