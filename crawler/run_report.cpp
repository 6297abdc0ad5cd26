#include "crawler/run_report.h"

#include "crawler/page_error.h"

namespace crawler {

bool RunReport::add(const storage::PageOutcome& page) {
  ++ended;
  for (const storage::FetchRow& fetch : page.fetches) {
    ++requests;
    bytes += fetch.bytes;
    if (!fetch.status || !fetch.total_ms) continue;
    latencies.add(LatencyHistogram::Milliseconds(*fetch.total_ms));
    durations.add(DurationBuckets::Milliseconds(*fetch.total_ms));
  }
  if (page.error == name(PageError::cancelled)) {
    ++cancelled;
    return false;
  }
  if (!page.error && page.status < 400) {
    ++ok;
    return false;
  }
  ++failed;
  ++failures[page.error ? *page.error : "status " + std::to_string(*page.status)];
  return true;
}

void RunReport::add_reject() {
  ++rejected;
  ++failed;
  ++failures["not a URL"];
}

storage::RunTotals RunReport::totals() const {
  return {.listed = listed(),
          .ok = ok,
          .failed = failed,
          .skipped = 0,
          .left = left,
          .bytes = bytes,
          .wall_ms = wall.count(),
          .cpu_ms = cpu.count(),
          .peak_rss_kb = peak_rss_kb};
}

}  // namespace crawler
