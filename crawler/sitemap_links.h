// The URLs that a sitemap lists: pages, or other sitemaps.
//
//   const SitemapLinks found = read_sitemap(response.body, url);
//   frontier.put(found.pages);
//
// Contract: pure, bounded: at most max_entries, the rest is only counted. What is no sitemap lists nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "parse/url.h"

namespace crawler {

struct SitemapLinks {
  /// sitemaps.org's limit for one file.
  static constexpr std::size_t max_entries = 50'000;

  std::vector<parse::Url> pages{};
  std::vector<parse::Url> sitemaps{};
  std::int64_t beyond_bounds = 0;
};

SitemapLinks read_sitemap(std::string_view body, const parse::Url& url);

}  // namespace crawler
