#include "parse/fact_collector.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parse/ascii.h"
#include "parse/meta_refresh.h"
#include "parse/srcset.h"

namespace parse {
namespace {

/// Open Graph's vocabularies (https://ogp.me/#types), Facebook's own and Twitter's.
constexpr auto kVocabularies = std::to_array<std::string_view>(
    {"og:", "article:", "product:", "profile:", "book:", "music:", "video:", "fb:", "twitter:"});

constexpr auto kFeedTypes = std::to_array<std::string_view>(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"});

/// What an octet of an address takes in a URL: "%EF%BF%BD" if it is malformed.
constexpr std::size_t kMostOctetsOfOctet = 9;

bool is_in_vocabulary(std::string_view name) {
  return std::ranges::any_of(kVocabularies,
                             [&](std::string_view prefix) { return name.starts_with(prefix); });
}

/// "robots", "googlebot", "googlebot-news", "baiduspider", "crawl".
bool names_robots(std::string_view name) {
  return name.contains("bot") || name.contains("spider") || name.contains("crawl");
}

/// A MIME type in lower case, without its parameters.
std::string essence_of(std::string_view type) {
  return to_lower(strip_spaces(type.substr(0, type.find(';'))));
}

/// https://html.spec.whatwg.org/#attr-meta-http-equiv-content-language
std::optional<std::string> pragma_language(std::string_view content) {
  content = strip_spaces(content);
  if (content.empty() || content.contains(',')) return std::nullopt;
  return std::string(content.substr(0, content.find_first_of(" \t\n\f\r")));
}

int heading_level(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_H1:
      return 1;
    case GUMBO_TAG_H2:
      return 2;
    case GUMBO_TAG_H3:
      return 3;
    case GUMBO_TAG_H4:
      return 4;
    case GUMBO_TAG_H5:
      return 5;
    case GUMBO_TAG_H6:
      return 6;
    default:
      return 0;
  }
}

}  // namespace

FactCollector::FactCollector(const Url& page, std::size_t page_size, LinkReading links)
    : page_(page),
      reading_(links),
      budget_(std::min((page_size + 16 * 1024) * 64, std::size_t{64} * 1024 * 1024)),
      left_(budget_) {}

void FactCollector::open(GumboTag tag, Attributes attributes, std::size_t place) {
  place_ = place;
  const TagLayout& layout = layout_of(tag);
  lay_out(layout);
  if (layout.keeps_line_feeds) ++preformatted_depth_;

  const auto attribute = [&](std::string_view name) { return find_attribute(attributes, name); };
  const auto rel = [&] { return attribute("rel").value_or(""); };
  // SVG may spell it as XLink does.
  const auto svg_href = [&] { return attribute("href") ? attribute("href") : attribute("xlink:href"); };
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
      reopen_anchor(add_reference(LinkKind::a, svg_href(), rel()) ? std::optional(references_.size() - 1)
                                                                  : std::nullopt);
      break;
    case GUMBO_TAG_LINK:
      read_link(attributes);
      break;
    case GUMBO_TAG_AREA:
      add_reference(LinkKind::area, attribute("href"), rel(), attribute("alt").value_or(""));
      break;
    case GUMBO_TAG_IMG:
      read_image(attributes);
      break;
    case GUMBO_TAG_IMAGE:
      add_reference(LinkKind::img, svg_href());
      break;
    case GUMBO_TAG_SOURCE:
      add_reference(LinkKind::media, attribute("src"));
      add_srcset(attribute("srcset"));
      break;
    case GUMBO_TAG_VIDEO:
      add_reference(LinkKind::media, attribute("src"));
      add_reference(LinkKind::media, attribute("poster"));
      break;
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_EMBED:
      add_reference(LinkKind::media, attribute("src"));
      break;
    case GUMBO_TAG_OBJECT:
      add_reference(LinkKind::media, attribute("data"));
      break;
    case GUMBO_TAG_SCRIPT:
      add_reference(LinkKind::script, attribute("src"));
      if (essence_of(attribute("type").value_or("")) == "application/ld+json") open_json_ld_.emplace();
      break;
    case GUMBO_TAG_IFRAME:
      add_reference(LinkKind::iframe, attribute("src"));
      break;
    case GUMBO_TAG_FRAME:
      add_reference(LinkKind::frame, attribute("src"));
      break;
    case GUMBO_TAG_FORM:
      add_reference(LinkKind::form, attribute("action"), rel());
      break;
    case GUMBO_TAG_BUTTON:
      add_reference(LinkKind::form, attribute("formaction"));
      break;
    case GUMBO_TAG_INPUT:
      read_input(attributes);
      break;
    default:
      if (const int level = heading_level(tag)) {
        close_heading();
        open_heading_.emplace(level);
      }
  }
}

void FactCollector::close(GumboTag tag) {
  const TagLayout& layout = layout_of(tag);
  lay_out(layout);
  if (layout.keeps_line_feeds && preformatted_depth_ > 0) --preformatted_depth_;
  if (tag == GUMBO_TAG_TITLE) is_in_title_ = false;
  if (tag == GUMBO_TAG_A) close_anchor();
  if (tag == GUMBO_TAG_SCRIPT) close_script();
  if (open_heading_ && heading_level(tag) > 0) close_heading();
}

void FactCollector::add_text(std::string_view text, bool is_hidden) {
  if (is_in_title_) *facts_.title += text;
  if (open_json_ld_) *open_json_ld_ += text;
  if (is_hidden) return;
  visible_.add(text,
               preformatted_depth_ > 0 ? VisibleText::LineFeeds::keep : VisibleText::LineFeeds::collapse);
  if (Label* const label = find_anchor_label()) label->add(text);
  if (open_heading_) heading_label_.add(text);
}

PageFacts FactCollector::finish() && {
  close_heading();
  settle_anchor();
  if (facts_.title) facts_.title = collapse_spaces(*facts_.title);
  if (!facts_.lang) facts_.lang = std::move(pragma_lang_);
  facts_.text = visible_.take();
  resolve_references();
  return std::move(facts_);
}

std::string FactCollector::Label::take() {
  std::string text(text_.view().empty() ? alternative_.view() : text_.view());
  text_.clear();
  alternative_.clear();
  return text;
}

void FactCollector::lay_out(const TagLayout& layout) {
  if (layout.breaks_line) visible_.break_line();
  if (layout.is_cell) visible_.add_space();
  if (!layout.breaks_line && !layout.is_cell) return;
  if (anchor_) anchor_label_.add_space();
  if (open_heading_) heading_label_.add_space();
}

void FactCollector::read_meta(Attributes attributes) {
  const auto content = find_attribute(attributes, "content");
  if (!content) return;
  std::string name = to_lower(find_attribute(attributes, "name").value_or(""));
  std::string property = to_lower(strip_spaces(find_attribute(attributes, "property").value_or("")));
  if (!facts_.description && name == "description") facts_.description = collapse_spaces(*content);
  if (names_robots(name)) add_property(facts_.robots, name, *content);
  if (property != name && is_in_vocabulary(name)) add_property(facts_.properties, std::move(name), *content);
  if (is_in_vocabulary(property)) add_property(facts_.properties, std::move(property), *content);

  const std::string_view directive = find_attribute(attributes, "http-equiv").value_or("");
  if (equals_ignoring_case(directive, "refresh"))
    add_reference(LinkKind::meta_refresh, refresh_target(*content));
  if (equals_ignoring_case(directive, "content-language"))
    if (auto language = pragma_language(*content)) pragma_lang_ = std::move(language);
}

void FactCollector::read_link(Attributes attributes) {
  const auto attribute = [&](std::string_view name) {
    return strip_spaces(find_attribute(attributes, name).value_or(""));
  };
  add_srcset(attribute("imagesrcset"));
  const std::string_view rel = attribute("rel");
  if (!add_reference(LinkKind::link, attribute("href"), rel) || !has_word(rel, "alternate", false)) return;

  std::string type = essence_of(attribute("type"));
  if (std::ranges::find(kFeedTypes, type) == kFeedTypes.end()) type.clear();
  const std::string_view lang = attribute("hreflang");
  if (type.empty() && lang.empty()) return;
  std::string title = type.empty() ? std::string() : collapse_spaces(attribute("title"));
  if (!spend(sizeof(Alternation) + lang.size() + title.size())) return;
  references_.back().alternation =
      std::make_unique<Alternation>(std::string(lang), std::move(type), std::move(title));
}

void FactCollector::read_input(Attributes attributes) {
  const std::string_view type = find_attribute(attributes, "type").value_or("");
  if (equals_ignoring_case(type, "image")) add_reference(LinkKind::img, find_attribute(attributes, "src"));
  add_reference(LinkKind::form, find_attribute(attributes, "formaction"));
}

void FactCollector::read_image(Attributes attributes) {
  add_reference(LinkKind::img, find_attribute(attributes, "src"));
  add_srcset(find_attribute(attributes, "srcset"));

  const auto alternative = find_attribute(attributes, "alt");
  Label* const label = find_anchor_label();
  if (alternative && label != nullptr) label->add_alternative(*alternative);
  if (alternative && open_heading_) heading_label_.add_alternative(*alternative);
}

bool FactCollector::add_reference(LinkKind kind, std::optional<std::string_view> href, std::string_view rel,
                                  std::string_view text) {
  if (!href) return false;
  // An empty address names the page itself, which only an anchor can mean.
  const bool is_anchor = kind == LinkKind::a || kind == LinkKind::area;
  if (!is_anchor && strip_spaces(*href).empty()) return false;
  if (!spend(sizeof(Link) + href->size() + rel.size() + text.size())) return false;
  // That of a <link> tells what it is besides.
  const bool has_rel = reading_ != LinkReading::count || kind == LinkKind::link;
  const bool has_text = reading_ == LinkReading::list;
  references_.push_back({kind, hrefs_.size(), href->size(),
                         has_rel ? to_lower(collapse_spaces(rel)) : std::string(),
                         has_text ? collapse_spaces(text) : std::string(), place_});
  hrefs_ += *href;
  return true;
}

void FactCollector::add_srcset(std::optional<std::string_view> srcset) {
  SrcsetScanner scanner(srcset.value_or(""));
  while (const auto url = scanner.next())
    if (!add_reference(LinkKind::srcset, url)) return;
}

void FactCollector::add_property(std::vector<Property>& properties, std::string name,
                                 std::string_view content) {
  if (spend(sizeof(Property) + name.size() + content.size()))
    properties.push_back({std::move(name), collapse_spaces(content)});
}

void FactCollector::close_heading() {
  if (!open_heading_) return;
  std::string text = heading_label_.take();
  if (!text.empty() && spend(sizeof(Heading) + text.size()))
    facts_.headings.push_back({*open_heading_, std::move(text)});
  open_heading_.reset();
}

void FactCollector::close_anchor() {
  if (!open_anchors_.empty()) open_anchors_.pop_back();
}

FactCollector::Label* FactCollector::find_anchor_label() {
  const auto reference = reading_ == LinkReading::list ? open_anchor() : std::nullopt;
  if (!reference) return nullptr;
  if (anchor_ != reference) {
    settle_anchor();
    anchor_ = reference;
  }
  return &anchor_label_;
}

/// Another anchor has stood between the parts of one that is settled twice, so that a block or a cell did.
void FactCollector::settle_anchor() {
  if (!anchor_) return;
  std::string& text = references_[*anchor_].text;
  std::string more = anchor_label_.take();
  if (text.empty())
    text = std::move(more);
  else if (!more.empty())
    text.append(1, ' ').append(more);
  anchor_.reset();
}

void FactCollector::close_script() {
  if (!open_json_ld_) return;
  if (!strip_spaces(*open_json_ld_).empty() && spend(sizeof(std::string) + open_json_ld_->size()))
    facts_.json_ld.push_back(*std::move(open_json_ld_));
  open_json_ld_.reset();
}

bool FactCollector::spend(std::size_t bytes) {
  if (bytes > left_) {
    facts_.beyond_bounds = true;
    return false;
  }
  left_ -= bytes;
  return true;
}

void FactCollector::sort_references() {
  if (std::ranges::is_sorted(references_, {}, &Reference::place)) return;
  // By their numbers too, since a tag may have several.
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (const Reference& reference : references_) places.emplace_back(reference.place, places.size());
  std::ranges::sort(places);
  std::vector<Reference> sorted;
  for (const auto& [place, number] : places) sorted.push_back(std::move(references_[number]));
  references_ = std::move(sorted);
}

void FactCollector::resolve_references() {
  if (base_)
    if (auto resolved = page_.resolve(*base_)) facts_.base = *std::move(resolved);
  const Url& base = facts_.base ? *facts_.base : page_;
  const std::size_t cost = sizeof(Link) + base.href().size();

  left_ = budget_;
  const bool is_listed = reading_ != LinkReading::count;
  if (is_listed) facts_.links.reserve(std::min(references_.size(), left_ / cost));
  sort_references();
  std::string_view last;
  for (Reference& reference : references_) {
    if (!spend(cost)) return;
    const auto href = std::string_view(hrefs_).substr(reference.href_begin, reference.href_size);
    const std::string_view target = href.substr(0, href.find('#'));
    if (reading_ == LinkReading::targets && repeats_target(reference, target, last)) {
      ++facts_.link_count;
      continue;
    }
    auto url = base.resolve(href);
    if (!url) continue;

    const bool is_canonical = reference.kind == LinkKind::link && has_word(reference.rel, "canonical", false);
    if (is_canonical && !facts_.canonical) facts_.canonical = url->href();
    if (reference.alternation) add_alternate(*reference.alternation, *url);
    ++facts_.link_count;
    if (!is_listed) continue;
    facts_.links.push_back(
        {*std::move(url), reference.kind, std::move(reference.rel), std::move(reference.text)});
    last = target;
  }
}

bool FactCollector::repeats_target(const Reference& reference, std::string_view target,
                                   std::string_view last) const {
  if (reference.kind != LinkKind::a) return false;
  const Link* const newest = facts_.links.empty() ? nullptr : &facts_.links.back();
  const std::size_t known = std::max(page_.href().size(), newest ? newest->url.href().size() : 0);
  // As a URL it may be too long, and then it is no link.
  if (known + kMostOctetsOfOctet * reference.href_size > Url::max_length) return false;
  if (target.empty()) return reference.href_size > 0 && !facts_.base;
  // What stands at an address's end is stripped, but not before a fragment.
  if (static_cast<unsigned char>(target.back()) <= ' ') return false;
  return newest && newest->kind == LinkKind::a && target == last && newest->rel == reference.rel;
}

void FactCollector::add_alternate(Alternation& given, const Url& url) {
  if (!spend(sizeof(Alternate) + sizeof(Feed) + 2 * url.href().size())) return;
  if (!given.lang.empty()) facts_.alternates.push_back({std::move(given.lang), url});
  if (!given.feed_type.empty())
    facts_.feeds.push_back({url, std::move(given.feed_type), std::move(given.title)});
}

}  // namespace parse
