#include "parse/open_elements.h"

#include <algorithm>

#include "parse/ascii.h"
#include "parse/tag_layout.h"

namespace parse {
namespace {

using Namespace = OpenElement::Namespace;
using Content = OpenElement::Content;

constexpr TagSet kEndScopes{GUMBO_TAG_APPLET,  GUMBO_TAG_CAPTION, GUMBO_TAG_HTML,
                            GUMBO_TAG_TABLE,   GUMBO_TAG_TD,      GUMBO_TAG_TH,
                            GUMBO_TAG_MARQUEE, GUMBO_TAG_OBJECT,  GUMBO_TAG_TEMPLATE};
constexpr TagSet kEndListItemScope{GUMBO_TAG_OL, GUMBO_TAG_UL};
constexpr TagSet kEndTableScope{GUMBO_TAG_HTML, GUMBO_TAG_TABLE, GUMBO_TAG_TEMPLATE};
constexpr TagSet kPassSelectScope{GUMBO_TAG_OPTGROUP, GUMBO_TAG_OPTION};

/// As gumbo has them: without <main>, which is special today, and with some that HTML has dropped.
constexpr TagSet kSpecial =
    TagSet{GUMBO_TAG_ADDRESS,    GUMBO_TAG_APPLET,     GUMBO_TAG_AREA,      GUMBO_TAG_ARTICLE,
           GUMBO_TAG_ASIDE,      GUMBO_TAG_BASE,       GUMBO_TAG_BASEFONT,  GUMBO_TAG_BGSOUND,
           GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,       GUMBO_TAG_BR,        GUMBO_TAG_BUTTON,
           GUMBO_TAG_CAPTION,    GUMBO_TAG_CENTER,     GUMBO_TAG_COL,       GUMBO_TAG_COLGROUP,
           GUMBO_TAG_MENUITEM,   GUMBO_TAG_DD,         GUMBO_TAG_DETAILS,   GUMBO_TAG_DIR,
           GUMBO_TAG_DIV,        GUMBO_TAG_DL,         GUMBO_TAG_DT,        GUMBO_TAG_EMBED,
           GUMBO_TAG_FIELDSET,   GUMBO_TAG_FIGCAPTION, GUMBO_TAG_FIGURE,    GUMBO_TAG_FOOTER,
           GUMBO_TAG_FORM,       GUMBO_TAG_FRAME,      GUMBO_TAG_FRAMESET,  GUMBO_TAG_HEAD,
           GUMBO_TAG_HEADER,     GUMBO_TAG_HGROUP,     GUMBO_TAG_HR,        GUMBO_TAG_HTML,
           GUMBO_TAG_IFRAME,     GUMBO_TAG_IMG,        GUMBO_TAG_INPUT,     GUMBO_TAG_ISINDEX,
           GUMBO_TAG_LI,         GUMBO_TAG_LINK,       GUMBO_TAG_LISTING,   GUMBO_TAG_MARQUEE,
           GUMBO_TAG_MENU,       GUMBO_TAG_META,       GUMBO_TAG_NAV,       GUMBO_TAG_NOEMBED,
           GUMBO_TAG_NOFRAMES,   GUMBO_TAG_NOSCRIPT,   GUMBO_TAG_OBJECT,    GUMBO_TAG_OL,
           GUMBO_TAG_P,          GUMBO_TAG_PARAM,      GUMBO_TAG_PLAINTEXT, GUMBO_TAG_PRE,
           GUMBO_TAG_SCRIPT,     GUMBO_TAG_SECTION,    GUMBO_TAG_SELECT,    GUMBO_TAG_STYLE,
           GUMBO_TAG_SUMMARY,    GUMBO_TAG_TABLE,      GUMBO_TAG_TBODY,     GUMBO_TAG_TD,
           GUMBO_TAG_TEMPLATE,   GUMBO_TAG_TEXTAREA,   GUMBO_TAG_TFOOT,     GUMBO_TAG_TH,
           GUMBO_TAG_THEAD,      GUMBO_TAG_TITLE,      GUMBO_TAG_TR,        GUMBO_TAG_UL,
           GUMBO_TAG_WBR,        GUMBO_TAG_XMP} |
    kHeadings;

constexpr TagSet kMathText{GUMBO_TAG_MI, GUMBO_TAG_MO, GUMBO_TAG_MN, GUMBO_TAG_MS, GUMBO_TAG_MTEXT};
constexpr TagSet kHtmlInSvg{GUMBO_TAG_FOREIGNOBJECT, GUMBO_TAG_DESC, GUMBO_TAG_TITLE};

constexpr std::uint8_t bit_of(Scope scope) { return static_cast<std::uint8_t>(scope); }

constexpr std::uint8_t kEndsAllButTable =
    bit_of(Scope::general) | bit_of(Scope::list_item) | bit_of(Scope::button) | bit_of(Scope::select);

/// The scopes that an HTML element ends.
constexpr std::uint8_t bounds_of(GumboTag tag) {
  unsigned bounds = 0;
  if (kEndScopes.contains(tag)) bounds |= kEndsAllButTable;
  if (kEndListItemScope.contains(tag)) bounds |= bit_of(Scope::list_item);
  if (tag == GUMBO_TAG_BUTTON) bounds |= bit_of(Scope::button);
  if (kEndTableScope.contains(tag)) bounds |= bit_of(Scope::table);
  if (!kPassSelectScope.contains(tag)) bounds |= bit_of(Scope::select);
  return static_cast<std::uint8_t>(bounds);
}

constexpr auto kBounds = [] {
  std::array<std::uint8_t, GUMBO_TAG_LAST> bounds{};
  for (std::size_t tag = 0; tag < bounds.size(); ++tag) bounds[tag] = bounds_of(static_cast<GumboTag>(tag));
  return bounds;
}();

bool holds_html(std::span<const Attribute> attributes) {
  const std::string_view encoding = find_attribute(attributes, "encoding").value_or("");
  return equals_ignoring_case(encoding, "text/html") ||
         equals_ignoring_case(encoding, "application/xhtml+xml");
}

Content content_of(Namespace name_space, GumboTag tag, std::span<const Attribute> attributes) {
  if (name_space == Namespace::svg)
    return kHtmlInSvg.contains(tag) ? Content::html_in_foreign : Content::foreign;
  if (kMathText.contains(tag)) return Content::math_text;
  if (tag != GUMBO_TAG_ANNOTATION_XML) return Content::foreign;
  return holds_html(attributes) ? Content::html_in_foreign : Content::annotation;
}

}  // namespace

OpenElement OpenElement::of_html(GumboTag tag, std::span<const Attribute> attributes) {
  return {.tag = tag,
          .bounds = kBounds[tag],
          .is_special = kSpecial.contains(tag),
          .hides_text =
              layout_of(tag).hides_text || (!attributes.empty() && find_attribute(attributes, "hidden"))};
}

OpenElement OpenElement::of_foreign(Namespace name_space, GumboTag tag, std::string_view name,
                                    std::span<const Attribute> attributes) {
  const Content content = content_of(name_space, tag, attributes);
  return {.tag = tag,
          .name_space = name_space,
          .content = content,
          .bounds = content == Content::foreign ? bit_of(Scope::select) : kEndsAllButTable,
          .is_special = content != Content::foreign && tag != GUMBO_TAG_TITLE,  // as gumbo has it
          .hides_text = layout_of(tag).hides_text || tag == GUMBO_TAG_DESC,
          .name_hash = hash_name(name)};
}

/// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint32_t hash_name(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

OpenElement OpenElements::remove(std::size_t index) {
  raise(index, size_ - 1);
  return pop();
}

void OpenElements::make_ghost(std::size_t index) {
  OpenElement& element = elements_[index];
  --counts_[element.tag];
  element.name_space = Namespace::ghost;
  element.is_special = false;
  element.bounds = 0;
  element.id = 0;
}

void OpenElements::raise(std::size_t from, std::size_t to) {
  const auto at = [&](std::size_t index) { return elements_.begin() + static_cast<std::ptrdiff_t>(index); };
  std::rotate(at(from), at(from + 1), at(to + 1));
}

std::optional<std::size_t> OpenElements::find_id(std::uint32_t id) const {
  for (std::size_t i = size_; i-- > 0;)
    if (elements_[i].id == id) return i;
  return std::nullopt;
}

std::optional<std::size_t> OpenElements::find_id_in_scope(std::uint32_t id) const {
  for (std::size_t i = size_; i-- > 0;) {
    if (elements_[i].id == id) return i;
    if (elements_[i].ends(Scope::general)) break;
  }
  return std::nullopt;
}

bool OpenElements::has_in_scope(const TagSet& tags, Scope scope) const {
  for (std::size_t i = size_; i-- > 0;) {
    const OpenElement& element = elements_[i];
    if (element.is_html_in(tags)) return true;
    if (element.ends(scope)) return false;
  }
  return false;
}

}  // namespace parse
