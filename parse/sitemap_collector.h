// Gathers the entries of a sitemap, a sitemap index or a feed from its XML elements in document order.
//
//   SitemapCollector collector(base, findings);
//   collector.open("urlset", {});   collector.open("url", {});   collector.open("loc", {});
//   collector.add_text("https://example.com/");
//   collector.close();   collector.close();   // the entry is in findings
//
// Contract: total, linear; memory bounded by three addresses. Each open() has its close(). Findings stop at
// the end of the root, or at once if it is none of these, whose entries and fields are
// - urlset's url, sitemapindex's sitemap: loc; lastmod. Alternates (xhtml:link) have entries of their own.
// - rss's and rdf:RDF's item: link, else rdf:about or a guid that is a permalink; pubDate, dc:date.
// - feed's entry: a link with rel "alternate" or none, by xml:base; updated, published.
// A field is a child of its entry; the first link counts that is not empty, and the latest date. Elements are
// known by their local name and their prefix, which has to be the root's ("sm:urlset" has "sm:url"; in RSS
// none): people forget namespaces, or to declare them, but their "image:loc" is not "loc".
//
// Source: https://www.sitemaps.org/protocol.html, https://www.rssboard.org/rss-specification,
// https://web.resource.org/rss/1.0/spec, RFC 4287.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "parse/attribute.h"
#include "parse/sitemap_findings.h"
#include "parse/url.h"

namespace parse {

class SitemapCollector {
 public:
  SitemapCollector(const Url& base, SitemapFindings& findings) : base_(base), findings_(findings) {}

  void open(std::string_view name, std::span<const Attribute> attributes);
  void add_text(std::string_view text);
  void close();

  std::size_t depth() const { return depth_; }

 private:
  enum class Field { none, link, permalink, date };

  void open_root(std::string_view name, std::span<const Attribute> attributes);
  void open_entry(std::span<const Attribute> attributes);
  void open_field(std::string_view name, std::span<const Attribute> attributes);
  void close_field();
  void close_entry();

  bool is_own(std::string_view name, std::string_view local) const;
  void take_atom_link(std::span<const Attribute> attributes);

  Url base_;
  SitemapFindings& findings_;
  std::string prefix_;  // of the elements that count, with its colon
  std::size_t depth_ = 0;

  std::size_t entry_depth_ = 0;  // 0 outside of an entry
  std::optional<Url> entry_base_;
  std::string link_;
  std::string permalink_;
  std::optional<std::chrono::sys_seconds> modified_;

  std::size_t field_depth_ = 0;
  Field field_ = Field::none;
  std::string text_;
};

}  // namespace parse
