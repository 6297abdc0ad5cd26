// What a run hands to the database: plain rows, one struct a table.
//
//   Batch batch;
//   batch.pages.push_back({.url = "http://example.com/", .error = "timeout", .attempts = 3, .at = now});
//   store.commit(batch, run.id);
//
// Contract: values that own all they hold, so that a batch can be moved to the writer's thread. Strings are
// UTF-8 but for `headers` and `body`, which are octets; none is longer than 1 GB, SQLite's limit. Times are
// UTC ISO 8601 with milliseconds ("2026-01-02T03:04:05.678Z"), durations milliseconds. Every member
// has an initial value, so that a row names only what it sets. Columns: docs/database.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace storage {

/// What a page held when it was answered well (a whole response, status below 400).
struct Content {
  std::string final_url{};
  std::optional<std::string> title{}, description{}, canonical{}, lang{}, charset{}, content_type{};
  std::optional<std::string> text{};     // NULL unless kept
  std::optional<std::string> meta{};     // JSON
  std::optional<std::string> headers{};  // the raw final header block
  std::optional<std::string> body{};     // NULL unless kept
  std::int64_t body_size = 0;
  std::string digest{};  // SHA-256 of the body, hex
  std::int64_t link_count = 0;
  std::string hops = "[]";  // JSON: the URLs that redirected, in order
  std::optional<std::string> etag{}, last_modified{};
  std::optional<std::string> fields{};  // JSON
};

struct LinkRow {
  std::string url{}, fragment{}, kind{}, rel{}, text{};
};

/// One attempt at one hop: a row of `fetch`. An absent duration is NULL: that phase was not reached.
struct FetchRow {
  std::string url{};
  std::string kind = "page";
  int hop = 0;
  int attempt = 1;
  double started_ms = 0;  // since the run's start
  std::optional<double> queued_ms{}, dns_ms{}, connect_ms{}, tls_ms{}, ttfb_ms{}, total_ms{};
  std::optional<int> status{};
  std::optional<std::string> error{};
  std::int64_t bytes = 0;
  std::optional<std::string> http_version{};
  bool reused = false;
  std::optional<std::string> ip{};
};

/// How one URL ended in this run: becomes or changes exactly one row of `page`.
struct PageOutcome {
  std::string url{};                   // the key
  std::optional<int> status{};         // of the final response, if there was one
  std::optional<std::string> error{};  // one of the closed set, if no whole response came
  int attempts = 0;
  int depth = 0;
  std::optional<std::string> referrer{};
  std::string at{};                  // when it ended
  std::optional<Content> content{};  // set when it was answered well; otherwise the last good content stays
  std::vector<LinkRow> links{};      // stored with content: they take the place of those known so far
  std::vector<FetchRow> fetches{};
};

/// What is known of an origin's robots.txt.
struct RobotsRow {
  std::string origin{};       // "https://example.com:8443"
  std::int64_t asked_at = 0;  // seconds since 1970
  int status = 0;             // of the last answer; 0: none came
  std::string body{};         // of a 2xx, cut where its readers stop
};

/// A line of the input whose spelling is not page.url, or that is a duplicate or a reject.
struct SeedRow {
  std::int64_t line = 0;             // counted from 1 over all sources in their order; one row each in a run
  std::string given{};               // cut at 2 KiB
  std::optional<std::string> url{};  // the key it stands for; none for a reject
  std::string outcome{};             // "accepted", "duplicate", or "rejected: <why>"
};

/// What one transaction of the writer commits.
struct Batch {
  std::vector<PageOutcome> pages{};
  std::vector<SeedRow> seeds{};
  std::vector<FetchRow> fetches{};  // of no page: robots and sitemaps
  std::vector<RobotsRow> robots{};

  bool is_empty() const { return pages.empty() && seeds.empty() && fetches.empty() && robots.empty(); }
};

/// Why URLs were left alone in a run.
struct SkippedRow {
  std::string reason{};
  std::int64_t urls = 0;
  std::string example{};
};

struct RunTotals {
  std::int64_t listed = 0;  // URLs that the user gave, each counted once
  std::int64_t ok = 0, failed = 0, skipped = 0, left = 0, bytes = 0;
  std::int64_t wall_ms = 0, cpu_ms = 0, peak_rss_kb = 0;
};

}  // namespace storage
