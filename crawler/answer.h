// A URL on its way, and what it has been answered so far.
//
//   Answer answer(url);
//   …
//   if (answer.response) …->body; else …error();
//   answer.fetches                       // every hop of every attempt
//
// Contract: a value; not copied on its way, but moved from the schedule to its visits and on to its reader.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crawler/async/clock.h"
#include "crawler/claim.h"
#include "crawler/http/response.h"
#include "crawler/page_error.h"
#include "parse/url.h"
#include "storage/rows.h"

namespace crawler {

/// What a URL is asked for.
enum class Purpose { page, robots, sitemap };

struct Answer {
  explicit Answer(parse::Url asked, std::optional<Claim> from = std::nullopt,
                  Purpose what_for = Purpose::page)
      : url(std::move(asked)), credentials(url.credentials()), claim(std::move(from)), purpose(what_for) {
    url = std::move(url).without_credentials();
    if (!claim) return;
    is_on_listed_host = claim->is_on_listed_host;
    is_on_listed_origin = claim->is_on_listed_origin;
  }

  parse::Url url;              // as it is shown and kept
  std::string credentials;     // "name:password" of its line, percent-encoded; for its own origin only
  std::optional<Claim> claim;  // none: its URL comes straight from the list, or is a robots.txt
  Purpose purpose;
  bool is_on_listed_host = true;    // whether the user gave a URL of its host and port
  bool is_on_listed_origin = true;  // and of its scheme
  std::optional<parse::Url> redirected_to;
  /// Where its answer sends a crawl that follows links: a redirect ends its URL there.
  std::optional<parse::Url> redirect;
  std::vector<std::string> hops;  // the URLs that redirected, in order
  std::expected<http::Response, PageError> response = std::unexpected(PageError::cancelled);
  std::vector<storage::FetchRow> fetches;

  int attempt = 1;
  int times_without_descriptor = 0;  // the process had none left: no attempt at the URL
  async::Duration used{};            // of this attempt's time, by its hops so far
  async::TimePoint waits_since;      // when it could have gone on, had there been room

  /// Where it has come to.
  const parse::Url& final_url() const { return redirected_to ? *redirected_to : url; }
  /// Whether a transfer has begun: from then on it has its row, however the run ends.
  bool has_begun() const { return !fetches.empty(); }
  void begin_next_attempt() {
    redirected_to.reset();
    hops.clear();
    used = {};
    ++attempt;
  }
};

}  // namespace crawler
