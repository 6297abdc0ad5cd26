#include "parse/fact_collector.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "parse/ascii.h"
#include "parse/meta_refresh.h"

namespace parse {
namespace {

class TagSet {
 public:
  constexpr TagSet(std::initializer_list<GumboTag> tags) {
    for (const GumboTag tag : tags) holds_[static_cast<std::size_t>(tag)] = true;
  }
  constexpr bool contains(GumboTag tag) const { return holds_[static_cast<std::size_t>(tag)]; }

 private:
  std::array<bool, GUMBO_TAG_LAST> holds_{};
};

constexpr TagSet kBlocks = {
    GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,    GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,
    GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER,  GUMBO_TAG_DD,       GUMBO_TAG_DETAILS,    GUMBO_TAG_DIR,
    GUMBO_TAG_DIV,     GUMBO_TAG_DL,      GUMBO_TAG_DT,       GUMBO_TAG_FIELDSET,   GUMBO_TAG_FIGCAPTION,
    GUMBO_TAG_FIGURE,  GUMBO_TAG_FOOTER,  GUMBO_TAG_FORM,     GUMBO_TAG_H1,         GUMBO_TAG_H2,
    GUMBO_TAG_H3,      GUMBO_TAG_H4,      GUMBO_TAG_H5,       GUMBO_TAG_H6,         GUMBO_TAG_HEADER,
    GUMBO_TAG_HGROUP,  GUMBO_TAG_HR,      GUMBO_TAG_LEGEND,   GUMBO_TAG_LI,         GUMBO_TAG_LISTING,
    GUMBO_TAG_MAIN,    GUMBO_TAG_MENU,    GUMBO_TAG_NAV,      GUMBO_TAG_OL,         GUMBO_TAG_OPTGROUP,
    GUMBO_TAG_OPTION,  GUMBO_TAG_P,       GUMBO_TAG_PRE,      GUMBO_TAG_SECTION,    GUMBO_TAG_SUMMARY,
    GUMBO_TAG_TABLE,   GUMBO_TAG_TBODY,   GUMBO_TAG_TFOOT,    GUMBO_TAG_THEAD,      GUMBO_TAG_TR,
    GUMBO_TAG_UL,      GUMBO_TAG_XMP,     GUMBO_TAG_PLAINTEXT};

constexpr TagSet kPreformatted = {GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP, GUMBO_TAG_PLAINTEXT};

constexpr TagSet kHidden = {GUMBO_TAG_HEAD,     GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_TITLE,
                            GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_IFRAME,   GUMBO_TAG_NOEMBED,
                            GUMBO_TAG_NOFRAMES, GUMBO_TAG_TEXTAREA, GUMBO_TAG_DATALIST, GUMBO_TAG_AUDIO,
                            GUMBO_TAG_VIDEO,    GUMBO_TAG_CANVAS};

/// Whether a list of tokens apart by white space holds `token`, in any case.
bool has_token(std::string_view list, std::string_view token) {
  while (!(list = strip_spaces(list)).empty()) {
    const std::size_t length = std::min(list.find_first_of(" \t\n\f\r"), list.size());
    if (equals_ignoring_case(list.substr(0, length), token)) return true;
    list.remove_prefix(length);
  }
  return false;
}

}  // namespace

FactCollector::FactCollector(const Url& page, std::size_t page_size)
    : page_(page),
      budget_(std::min((page_size + 16 * 1024) * 64, std::size_t{64} * 1024 * 1024)),
      left_(budget_) {}

bool hides_text(GumboTag tag) { return kHidden.contains(tag); }

void FactCollector::open(GumboTag tag, std::span<const Attribute> attributes) {
  if (kBlocks.contains(tag) || tag == GUMBO_TAG_BR) visible_.break_line();
  if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) visible_.add_space();
  if (kPreformatted.contains(tag)) ++preformatted_depth_;

  const auto attribute = [&](std::string_view name) { return find_attribute(attributes, name); };
  switch (tag) {
    case GUMBO_TAG_HTML:
      if (!facts_.lang) facts_.lang = attribute("lang");
      break;
    case GUMBO_TAG_BASE:
      if (!base_) base_ = attribute("href");
      break;
    case GUMBO_TAG_TITLE:
      is_in_title_ = !facts_.title;
      if (!facts_.title) facts_.title.emplace();
      break;
    case GUMBO_TAG_META:
      read_meta(attributes);
      break;
    case GUMBO_TAG_A:
      open_anchor_.reset();
      add_reference(LinkKind::a, attribute("href"), attributes);
      break;
    case GUMBO_TAG_LINK:
      add_reference(LinkKind::link, attribute("href"), attributes);
      break;
    case GUMBO_TAG_AREA:
      add_reference(LinkKind::area, attribute("href"), attributes);
      break;
    case GUMBO_TAG_IMG:
      add_reference(LinkKind::img, attribute("src"), attributes);
      break;
    case GUMBO_TAG_SCRIPT:
      add_reference(LinkKind::script, attribute("src"), attributes);
      break;
    case GUMBO_TAG_IFRAME:
      add_reference(LinkKind::iframe, attribute("src"), attributes);
      break;
    case GUMBO_TAG_FRAME:
      add_reference(LinkKind::frame, attribute("src"), attributes);
      break;
    case GUMBO_TAG_FORM:
      add_reference(LinkKind::form, attribute("action"), attributes);
      break;
    default:
      break;
  }
}

void FactCollector::close(GumboTag tag) {
  if (kBlocks.contains(tag)) visible_.break_line();
  if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) visible_.add_space();
  if (kPreformatted.contains(tag) && preformatted_depth_ > 0) --preformatted_depth_;
  if (tag == GUMBO_TAG_TITLE) is_in_title_ = false;
  if (tag == GUMBO_TAG_A) open_anchor_.reset();
}

void FactCollector::add_text(std::string_view text, bool is_hidden) {
  if (is_in_title_) *facts_.title += text;
  if (is_hidden) return;
  visible_.add(text,
               preformatted_depth_ > 0 ? VisibleText::LineFeeds::keep : VisibleText::LineFeeds::collapse);
  if (open_anchor_) references_[*open_anchor_].text += text;
}

PageFacts FactCollector::finish() && {
  if (facts_.title) facts_.title = collapse_spaces(*facts_.title);
  facts_.text = visible_.take();
  resolve_references();
  return std::move(facts_);
}

void FactCollector::read_meta(std::span<const Attribute> attributes) {
  const auto content = find_attribute(attributes, "content");
  if (!content) return;
  const std::string_view name = find_attribute(attributes, "name").value_or("");
  if (!facts_.description && equals_ignoring_case(name, "description"))
    facts_.description = collapse_spaces(*content);
  const std::string_view directive = find_attribute(attributes, "http-equiv").value_or("");
  if (equals_ignoring_case(directive, "refresh"))
    add_reference(LinkKind::meta_refresh, refresh_target(*content), attributes);
}

void FactCollector::add_reference(LinkKind kind, std::optional<std::string_view> href,
                                  std::span<const Attribute> attributes) {
  if (!href) return;
  // An empty address names the page itself, which only an anchor can mean.
  const bool is_anchor = kind == LinkKind::a || kind == LinkKind::area;
  if (!is_anchor && strip_spaces(*href).empty()) return;
  if (!spend(sizeof(Link) + href->size())) return;
  const std::string_view rel = find_attribute(attributes, "rel").value_or("");
  if (kind == LinkKind::a) open_anchor_ = references_.size();
  references_.push_back({kind, std::string(*href), to_lower(collapse_spaces(rel)), {}});
}

bool FactCollector::spend(std::size_t bytes) {
  if (bytes > left_) {
    facts_.beyond_bounds = true;
    return false;
  }
  left_ -= bytes;
  return true;
}

void FactCollector::resolve_references() {
  std::optional<Url> given_base;
  if (base_)
    if (auto resolved = page_.resolve(*base_)) given_base = *std::move(resolved);
  const Url& base = given_base ? *given_base : page_;

  left_ = budget_;
  for (Reference& reference : references_) {
    if (!spend(sizeof(Link) + base.href().size())) return;
    auto url = base.resolve(reference.href);
    if (!url) continue;
    const bool is_canonical = reference.kind == LinkKind::link && has_token(reference.rel, "canonical");
    if (is_canonical && !facts_.canonical) facts_.canonical = url->href();
    facts_.links.push_back(
        {*std::move(url), reference.kind, std::move(reference.rel), collapse_spaces(reference.text)});
  }
}

}  // namespace parse
