// The rules for SVG and MathML: https://html.spec.whatwg.org/#parsing-main-inforeign
#include "parse/attribute.h"
#include "parse/byte_set.h"
#include "parse/tree_construction.h"
#include "parse/utf8.h"

namespace parse {
namespace {

using Content = OpenElement::Content;

constexpr TagSet kBreakOut =
    TagSet{GUMBO_TAG_B,      GUMBO_TAG_BIG,  GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,    GUMBO_TAG_BR,
           GUMBO_TAG_CENTER, GUMBO_TAG_CODE, GUMBO_TAG_DD,         GUMBO_TAG_DIV,     GUMBO_TAG_DL,
           GUMBO_TAG_DT,     GUMBO_TAG_EM,   GUMBO_TAG_EMBED,      GUMBO_TAG_HEAD,    GUMBO_TAG_HR,
           GUMBO_TAG_I,      GUMBO_TAG_IMG,  GUMBO_TAG_LI,         GUMBO_TAG_LISTING, GUMBO_TAG_MENU,
           GUMBO_TAG_META,   GUMBO_TAG_NOBR, GUMBO_TAG_OL,         GUMBO_TAG_P,       GUMBO_TAG_PRE,
           GUMBO_TAG_RUBY,   GUMBO_TAG_S,    GUMBO_TAG_SMALL,      GUMBO_TAG_SPAN,    GUMBO_TAG_STRONG,
           GUMBO_TAG_STRIKE, GUMBO_TAG_SUB,  GUMBO_TAG_SUP,        GUMBO_TAG_TABLE,   GUMBO_TAG_TT,
           GUMBO_TAG_U,      GUMBO_TAG_UL,   GUMBO_TAG_VAR} |
    kHeadings;

bool breaks_out(const HtmlToken& token) {
  if (token.kind == HtmlToken::Kind::end_tag) return token.tag == GUMBO_TAG_P || token.tag == GUMBO_TAG_BR;
  if (kBreakOut.contains(token.tag)) return true;
  if (token.tag != GUMBO_TAG_FONT) return false;
  return find_attribute(token.attributes, "color") || find_attribute(token.attributes, "face") ||
         find_attribute(token.attributes, "size");
}

}  // namespace

bool TreeConstruction::is_foreign(const HtmlToken& token) const {
  if (point_.open().is_empty()) return false;
  const bool is_start = token.is_start();
  switch (top().content) {
    case Content::html:
      return false;
    case Content::foreign:
      return true;
    case Content::math_text:
      return !is_start || token.tag == GUMBO_TAG_MGLYPH || token.tag == GUMBO_TAG_MALIGNMARK;
    case Content::annotation:
      return !is_start || token.tag != GUMBO_TAG_SVG;
    case Content::html_in_foreign:
      return !is_start;
  }
  return false;
}

bool TreeConstruction::in_foreign_content(const HtmlToken& token) {
  if (breaks_out(token)) {
    while (top().content == Content::foreign || top().content == Content::annotation) point_.pop();
    return read_tag_by_mode(token);
  }
  if (token.is_start()) {
    point_.insert_foreign(top().name_space, token);
    return true;
  }

  const OpenElements& open = point_.open();
  const std::uint32_t name = hash_name(token.text);
  for (std::size_t i = open.size() - 1; !open[i].is_html(); --i) {
    if (open[i].name_hash != name) continue;
    point_.pop_to_size(i);
    return true;
  }
  return read_tag_by_mode(token);
}

void TreeConstruction::add_foreign_text(std::string_view text) {
  constexpr ByteSet kNoSpace = ~ByteSet(std::string_view(" \t\n\f\r\0", 6));
  if (kNoSpace.find_in(text) < text.size()) is_frameset_ok_ = false;
  point_.add_text(text == std::string_view("\0", 1) ? kReplacement : text);
}

}  // namespace parse
