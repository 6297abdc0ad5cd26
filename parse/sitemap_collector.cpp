#include "parse/sitemap_collector.h"

#include <algorithm>
#include <utility>

#include "parse/ascii.h"
#include "parse/sitemap_location.h"
#include "parse/timestamp.h"

namespace parse {
namespace {

struct Root {
  std::string_view local_name;
  SitemapKind kind;
};

constexpr Root kRoots[] = {{"urlset", SitemapKind::urlset},
                           {"sitemapindex", SitemapKind::index},
                           {"rss", SitemapKind::rss},
                           {"RDF", SitemapKind::rss},
                           {"feed", SitemapKind::atom}};

std::string_view entry_name(SitemapKind kind) {
  switch (kind) {
    case SitemapKind::urlset:
      return "url";
    case SitemapKind::index:
      return "sitemap";
    case SitemapKind::rss:
      return "item";
    case SitemapKind::atom:
      return "entry";
    case SitemapKind::unknown:
    case SitemapKind::text:
      break;
  }
  return {};
}

bool leads_to_page(std::span<const Attribute> attributes) {
  const auto rel = find_attribute(attributes, "rel");
  return !rel || equals_ignoring_case(strip_spaces(*rel), "alternate");
}

/// A base that is none is as good as not given.
std::optional<Url> own_base(std::span<const Attribute> attributes, const Url& outer) {
  const auto base = find_attribute(attributes, "xml:base");
  if (!base) return std::nullopt;
  return read_location(*base, outer);
}

}  // namespace

void SitemapCollector::open(std::string_view name, std::span<const Attribute> attributes) {
  if (findings_.is_done) return;
  ++depth_;
  if (depth_ == 1)
    open_root(name, attributes);
  else if (entry_depth_ == 0 && is_own(name, entry_name(findings_.report.kind)))
    open_entry(attributes);
  else if (entry_depth_ != 0 && depth_ == entry_depth_ + 1)
    open_field(name, attributes);
}

void SitemapCollector::add_text(std::string_view text) {
  if (field_ == Field::none || depth_ != field_depth_) return;
  if (text_.empty()) text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  // One octet too many is as good as all of them: nothing that long is an address or a date.
  text_ += text.substr(0, Url::max_length + 1 - text_.size());
}

void SitemapCollector::close() {
  if (findings_.is_done) return;
  if (field_ != Field::none && depth_ == field_depth_) close_field();
  if (depth_ == entry_depth_) close_entry();
  if (--depth_ == 0) findings_.stop();
}

void SitemapCollector::open_root(std::string_view name, std::span<const Attribute> attributes) {
  const std::size_t colon = name.find(':');
  const std::size_t local = colon == std::string_view::npos ? 0 : colon + 1;
  const auto root = std::ranges::find(kRoots, name.substr(local), &Root::local_name);
  if (root == std::end(kRoots)) return findings_.stop();
  findings_.report.kind = root->kind;
  if (root->kind != SitemapKind::rss) prefix_ = name.substr(0, local);
  if (root->kind == SitemapKind::atom)
    if (auto base = own_base(attributes, base_)) base_ = *std::move(base);
}

void SitemapCollector::open_entry(std::span<const Attribute> attributes) {
  entry_depth_ = depth_;
  link_.clear();
  permalink_ = find_attribute(attributes, "rdf:about").value_or("");
  modified_.reset();
  if (findings_.report.kind == SitemapKind::atom) entry_base_ = own_base(attributes, base_);
}

void SitemapCollector::open_field(std::string_view name, std::span<const Attribute> attributes) {
  field_ = Field::none;
  switch (findings_.report.kind) {
    case SitemapKind::urlset:
    case SitemapKind::index:
      if (is_own(name, "loc"))
        field_ = Field::link;
      else if (is_own(name, "lastmod"))
        field_ = Field::date;
      break;
    case SitemapKind::rss:
      if (is_own(name, "link"))
        field_ = Field::link;
      else if (is_own(name, "guid") && find_attribute(attributes, "isPermaLink").value_or("true") == "true")
        field_ = Field::permalink;
      else if (is_own(name, "pubDate") || name == "dc:date")
        field_ = Field::date;
      break;
    case SitemapKind::atom:
      if (is_own(name, "link"))
        take_atom_link(attributes);
      else if (is_own(name, "updated") || is_own(name, "published"))
        field_ = Field::date;
      break;
    case SitemapKind::unknown:
    case SitemapKind::text:
      break;
  }
  field_depth_ = depth_;
  text_.clear();
}

void SitemapCollector::close_field() {
  if (field_ == Field::link && link_.empty()) link_.swap(text_);
  if (field_ == Field::permalink && permalink_.empty()) permalink_.swap(text_);
  if (field_ == Field::date) modified_ = std::max(modified_, read_timestamp(text_));
  field_ = Field::none;
}

void SitemapCollector::close_entry() {
  auto url = read_location(link_, entry_base_ ? *entry_base_ : base_);
  // A permalink is absolute: what else stands there is a name that means nothing as a relative address.
  if (!url) url = read_location(permalink_);
  findings_.add(std::move(url), modified_);
  entry_depth_ = 0;
  entry_base_.reset();
}

bool SitemapCollector::is_own(std::string_view name, std::string_view local) const {
  return name.size() == prefix_.size() + local.size() && name.starts_with(prefix_) && name.ends_with(local);
}

void SitemapCollector::take_atom_link(std::span<const Attribute> attributes) {
  const auto href = find_attribute(attributes, "href");
  if (!href || !link_.empty() || !leads_to_page(attributes)) return;
  link_ = strip_spaces(*href);
  if (auto base = own_base(attributes, entry_base_ ? *entry_base_ : base_)) entry_base_ = std::move(base);
}

}  // namespace parse
