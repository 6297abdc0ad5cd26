// What a reader of a sitemap or a feed has found, and whether it reads on.
//
//   SitemapFindings findings;
//   findings.add(read_location("https://example.com/a"));   // an entry, not taken yet
//   findings.add(read_location("ftp://example.com/a"));     // one more rejected
//   findings.stop(SitemapFault::malformed);                 // the first fault stays
//
// Contract: what the parts of SitemapReader share; a value.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "parse/url.h"

namespace parse {

enum class SitemapKind {
  unknown,  // nothing that lists URLs: an HTML page, say
  urlset,   // a sitemap: the entries are pages
  index,    // a sitemap index: the entries are sitemaps
  text,     // a URL a line
  rss,      // 0.9 to 2.0, the RDF ones too
  atom,
};

enum class SitemapFault {
  none,
  malformed,      // XML that is broken in a way that is not survived
  truncated,      // it ends before its end
  corrupt_gzip,   // it cannot be decompressed
  beyond_bounds,  // nested too deep, a tag too long, too many names
  too_large,      // more than SitemapReader::max_size after decompression
};

struct SitemapEntry {
  Url url;
  std::optional<std::chrono::sys_seconds> modified;  // the latest of the dates it has
};

struct SitemapReport {
  SitemapKind kind = SitemapKind::unknown;
  SitemapFault fault = SitemapFault::none;  // what ended the reading early; the entries before it count
  std::uint64_t entries = 0;
  std::uint64_t rejected = 0;  // without a URL, or with one that is malformed or neither http nor https
  std::uint64_t size = 0;      // octets read, after decompression
};

struct SitemapFindings {
  std::vector<SitemapEntry> entries;  // those not taken yet
  SitemapReport report;
  bool is_done = false;

  void add(std::optional<Url> url, std::optional<std::chrono::sys_seconds> modified = std::nullopt) {
    if (!url) {
      ++report.rejected;
      return;
    }
    ++report.entries;
    entries.push_back({*std::move(url), modified});
  }

  void stop(SitemapFault fault = SitemapFault::none) {
    if (!is_done) report.fault = fault;
    is_done = true;
  }
};

}  // namespace parse
