#include "parse/body_tag.h"

#include <array>
#include <initializer_list>

namespace parse {
namespace {

using BodyTags = std::array<BodyTag, GUMBO_TAG_LAST>;

constexpr void set(BodyTags& all, BodyTag kind, std::initializer_list<GumboTag> tags) {
  for (const GumboTag tag : tags) all[tag] = kind;
}

constexpr BodyTags kBodyTags = [] {
  BodyTags tags{};
  set(tags, BodyTag::html, {GUMBO_TAG_HTML});
  set(tags, BodyTag::head_content,
      {GUMBO_TAG_BASE, GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND, GUMBO_TAG_MENUITEM, GUMBO_TAG_LINK,
       GUMBO_TAG_META, GUMBO_TAG_NOFRAMES, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE,
       GUMBO_TAG_TITLE});
  set(tags, BodyTag::body, {GUMBO_TAG_BODY});
  set(tags, BodyTag::frameset, {GUMBO_TAG_FRAMESET});
  set(tags, BodyTag::block,
      {GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,      GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_CENTER,
       GUMBO_TAG_DETAILS, GUMBO_TAG_DIR,     GUMBO_TAG_DIV,        GUMBO_TAG_DL,         GUMBO_TAG_FIELDSET,
       GUMBO_TAG_FIGURE,  GUMBO_TAG_FOOTER,  GUMBO_TAG_FIGCAPTION, GUMBO_TAG_HEADER,     GUMBO_TAG_HGROUP,
       GUMBO_TAG_MENU,    GUMBO_TAG_MAIN,    GUMBO_TAG_NAV,        GUMBO_TAG_OL,         GUMBO_TAG_SECTION,
       GUMBO_TAG_SUMMARY, GUMBO_TAG_UL});
  set(tags, BodyTag::preformatted, {GUMBO_TAG_PRE, GUMBO_TAG_LISTING});
  set(tags, BodyTag::heading,
      {GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6});
  set(tags, BodyTag::form, {GUMBO_TAG_FORM});
  set(tags, BodyTag::list_item, {GUMBO_TAG_LI});
  set(tags, BodyTag::definition, {GUMBO_TAG_DD, GUMBO_TAG_DT});
  set(tags, BodyTag::plaintext, {GUMBO_TAG_PLAINTEXT});
  set(tags, BodyTag::paragraph, {GUMBO_TAG_P});
  set(tags, BodyTag::button, {GUMBO_TAG_BUTTON});
  set(tags, BodyTag::anchor, {GUMBO_TAG_A});
  set(tags, BodyTag::formatting,
      {GUMBO_TAG_B, GUMBO_TAG_BIG, GUMBO_TAG_CODE, GUMBO_TAG_EM, GUMBO_TAG_FONT, GUMBO_TAG_I, GUMBO_TAG_S,
       GUMBO_TAG_SMALL, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG, GUMBO_TAG_TT, GUMBO_TAG_U});
  set(tags, BodyTag::nobr, {GUMBO_TAG_NOBR});
  set(tags, BodyTag::scoped, {GUMBO_TAG_APPLET, GUMBO_TAG_MARQUEE, GUMBO_TAG_OBJECT});
  set(tags, BodyTag::table, {GUMBO_TAG_TABLE});
  set(tags, BodyTag::void_in_text,
      {GUMBO_TAG_AREA, GUMBO_TAG_EMBED, GUMBO_TAG_IMG, GUMBO_TAG_IMAGE, GUMBO_TAG_KEYGEN, GUMBO_TAG_WBR});
  set(tags, BodyTag::line_break, {GUMBO_TAG_BR});
  set(tags, BodyTag::input, {GUMBO_TAG_INPUT});
  set(tags, BodyTag::void_media, {GUMBO_TAG_PARAM, GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK});
  set(tags, BodyTag::rule, {GUMBO_TAG_HR});
  set(tags, BodyTag::textarea, {GUMBO_TAG_TEXTAREA});
  set(tags, BodyTag::xmp, {GUMBO_TAG_XMP});
  set(tags, BodyTag::raw_text, {GUMBO_TAG_IFRAME, GUMBO_TAG_NOEMBED});
  set(tags, BodyTag::select, {GUMBO_TAG_SELECT});
  set(tags, BodyTag::option, {GUMBO_TAG_OPTION, GUMBO_TAG_OPTGROUP});
  set(tags, BodyTag::ruby_base, {GUMBO_TAG_RB, GUMBO_TAG_RTC});
  set(tags, BodyTag::ruby_text, {GUMBO_TAG_RP, GUMBO_TAG_RT});
  set(tags, BodyTag::math, {GUMBO_TAG_MATH});
  set(tags, BodyTag::svg, {GUMBO_TAG_SVG});
  set(tags, BodyTag::misplaced,
      {GUMBO_TAG_CAPTION, GUMBO_TAG_COL, GUMBO_TAG_COLGROUP, GUMBO_TAG_FRAME, GUMBO_TAG_HEAD, GUMBO_TAG_TBODY,
       GUMBO_TAG_TD, GUMBO_TAG_TFOOT, GUMBO_TAG_TH, GUMBO_TAG_THEAD, GUMBO_TAG_TR});
  return tags;
}();

}  // namespace

BodyTag body_tag(GumboTag tag) { return kBodyTags[tag]; }

}  // namespace parse
