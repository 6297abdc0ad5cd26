#include "crawler/run_report.h"

#include "crawler/page_error.h"

namespace crawler {

void RunReport::add_requests(const std::vector<storage::FetchRow>& fetches) {
  for (const storage::FetchRow& fetch : fetches) {
    ++requests;
    bytes += fetch.bytes;
    if (!fetch.status || !fetch.total_ms) continue;
    latencies.add(LatencyHistogram::Milliseconds(*fetch.total_ms));
    durations.add(DurationBuckets::Milliseconds(*fetch.total_ms));
  }
}

bool RunReport::add(const storage::PageOutcome& page, bool is_listed) {
  ++ended;
  add_requests(page.fetches);
  if (page.error == name(PageError::cancelled)) {
    ++cancelled;
    return false;
  }
  if (page.error == name(PageError::robots) || page.error == name(PageError::type)) {
    skips.add(page.error == name(PageError::type) ? SkipReason::type : SkipReason::robots, page.url);
    return false;
  }
  if (!page.error && page.status < 400) {
    ++ok;
    listed_ok += is_listed ? 1 : 0;
    return false;
  }
  ++failed;
  listed_failed += is_listed ? 1 : 0;
  ++failures[page.error ? *page.error : "status " + std::to_string(*page.status)];
  return true;
}

void RunReport::add_reject() {
  ++rejected;
  ++failed;
  ++listed_failed;
  ++failures["not a URL"];
}

Skips RunReport::all_skips() const {
  Skips all = left_alone;
  for (const auto& [reason, skip] : skips.by_reason()) all.add(reason, skip.example, skip.urls);
  return all;
}

std::vector<storage::SkippedRow> RunReport::skipped_rows() const {
  std::vector<storage::SkippedRow> rows;
  const Skips all = all_skips();
  for (const auto& [reason, skip] : all.by_reason())
    rows.push_back(
        {.reason = std::string(crawler::name(reason)), .urls = skip.urls, .example = skip.example});
  return rows;
}

storage::RunTotals RunReport::totals() const {
  return {.listed = listed(),
          .ok = ok,
          .failed = failed,
          .skipped = skips.urls() + left_alone.urls(),
          .left = left,
          .bytes = bytes,
          .wall_ms = wall.count(),
          .cpu_ms = cpu.count(),
          .peak_rss_kb = peak_rss_kb};
}

}  // namespace crawler
