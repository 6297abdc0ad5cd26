// What a visit tells the frontier: what became of the URL that it had, and where its page leads.
//
//   Finding finding{.claim = *answer.claim};
//   finding.links = followed_links(page);
//   co_await sink.commit({.rows = rows, .findings = findings});
//
// Contract: a value that owns what it holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crawler/answer.h"
#include "crawler/claim.h"
#include "crawler/sitemap_links.h"
#include "crawler/skips.h"
#include "parse/url.h"
#include "storage/rows.h"

namespace crawler {

struct Finding {
  std::optional<Claim> claim{};  // none: a robots.txt, which nobody claimed
  Purpose purpose = Purpose::page;
  /// What the URL is known by, and what its finds have for a referrer.
  std::string key{};
  /// Whether the claim has its end, and is not to be given out again.
  bool is_done = true;
  std::optional<SkipReason> skipped{};  // nothing was fetched, or nothing that was asked for
  std::vector<parse::Url> links{};
  std::int64_t nofollow_links = 0;  // that were left out
  std::optional<parse::Url> redirect{};
  std::vector<parse::Url> sitemaps{};
  std::int64_t entries_beyond_bounds = 0;  // of a sitemap

  void add(SitemapLinks found) {
    links = std::move(found.pages);
    sitemaps = std::move(found.sitemaps);
    entries_beyond_bounds = found.beyond_bounds;
  }
};

/// The sitemaps that a robots.txt names.
Finding sitemaps_in(const storage::RobotsRow& robots);

}  // namespace crawler
