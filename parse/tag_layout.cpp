#include "parse/tag_layout.h"

#include <array>
#include <cstddef>

namespace parse {
namespace {

constexpr GumboTag kOnOwnLines[] = {
    GUMBO_TAG_ADDRESS,    GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,  GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,
    GUMBO_TAG_BR,         GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER, GUMBO_TAG_DD,         GUMBO_TAG_DETAILS,
    GUMBO_TAG_DIR,        GUMBO_TAG_DIV,     GUMBO_TAG_DL,     GUMBO_TAG_DT,         GUMBO_TAG_FIELDSET,
    GUMBO_TAG_FIGCAPTION, GUMBO_TAG_FIGURE,  GUMBO_TAG_FOOTER, GUMBO_TAG_FORM,       GUMBO_TAG_H1,
    GUMBO_TAG_H2,         GUMBO_TAG_H3,      GUMBO_TAG_H4,     GUMBO_TAG_H5,         GUMBO_TAG_H6,
    GUMBO_TAG_HEADER,     GUMBO_TAG_HGROUP,  GUMBO_TAG_HR,     GUMBO_TAG_LEGEND,     GUMBO_TAG_LI,
    GUMBO_TAG_LISTING,    GUMBO_TAG_MAIN,    GUMBO_TAG_MENU,   GUMBO_TAG_NAV,        GUMBO_TAG_OL,
    GUMBO_TAG_OPTGROUP,   GUMBO_TAG_OPTION,  GUMBO_TAG_P,      GUMBO_TAG_PRE,        GUMBO_TAG_SECTION,
    GUMBO_TAG_SUMMARY,    GUMBO_TAG_TABLE,   GUMBO_TAG_TBODY,  GUMBO_TAG_TFOOT,      GUMBO_TAG_THEAD,
    GUMBO_TAG_TR,         GUMBO_TAG_UL,      GUMBO_TAG_XMP,    GUMBO_TAG_PLAINTEXT};

constexpr GumboTag kCells[] = {GUMBO_TAG_TD, GUMBO_TAG_TH};

constexpr GumboTag kPreformatted[] = {GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP, GUMBO_TAG_PLAINTEXT};

constexpr GumboTag kHidden[] = {GUMBO_TAG_HEAD,     GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_TITLE,
                                GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME,   GUMBO_TAG_NOEMBED,
                                GUMBO_TAG_NOFRAMES, GUMBO_TAG_TEXTAREA, GUMBO_TAG_DATALIST, GUMBO_TAG_AUDIO,
                                GUMBO_TAG_VIDEO,    GUMBO_TAG_CANVAS,   GUMBO_TAG_RP};

constexpr auto kLayouts = [] {
  std::array<TagLayout, GUMBO_TAG_LAST> layouts{};
  for (const GumboTag tag : kOnOwnLines) layouts[tag].breaks_line = true;
  for (const GumboTag tag : kCells) layouts[tag].is_cell = true;
  for (const GumboTag tag : kPreformatted) layouts[tag].keeps_line_feeds = true;
  for (const GumboTag tag : kHidden) layouts[tag].hides_text = true;
  return layouts;
}();

}  // namespace

const TagLayout& layout_of(GumboTag tag) { return kLayouts[static_cast<std::size_t>(tag)]; }

}  // namespace parse
