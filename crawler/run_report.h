// How a run goes and went, in numbers: for the progress line, the summary, the metrics and the `run`
// table.
//
// Contract: counters on the loop's thread, of constant size whatever the run's.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "crawler/duration_buckets.h"
#include "crawler/latency_histogram.h"
#include "crawler/skips.h"
#include "storage/rows.h"

namespace crawler {

struct RunReport {
  std::int64_t admitted = 0;   // URLs taken from the list, each once
  std::int64_t ended = 0;      // URLs that have their row (or will when the writer is through)
  std::int64_t under_way = 0;  // begun, and not ended
  std::int64_t ok = 0;         // a whole response with a status below 400
  std::int64_t failed = 0;     // an error, or a status of 400 and more
  std::int64_t listed_ok = 0;  // the same of those that the user gave
  std::int64_t listed_failed = 0;
  std::int64_t cancelled = 0;    // in flight when the run was stopped
  std::int64_t rejected = 0;     // lines that are no URL: they count as failed too
  std::int64_t duplicates = 0;   // lines whose URL came before
  std::int64_t done_before = 0;  // lines that an earlier run of the job has done
  std::int64_t left = 0;         // lines not reached, and URLs that were found and not reached
  std::int64_t waiting = 0;      // in the frontier, by its last commit
  std::int64_t known = 0;        // to the frontier
  Skips skips;                   // URLs that have their row, but were not fetched whole
  Skips left_alone;              // URLs that have none, by the frontier's last commit
  std::int64_t bytes = 0;        // of bodies, as received
  std::int64_t requests = 0;
  std::map<std::string, std::int64_t> failures;  // by error, or "status 404"
  LatencyHistogram latencies;                    // of requests that were answered
  DurationBuckets durations;                     // of the same
  std::chrono::milliseconds wall{};
  std::chrono::milliseconds cpu{};
  std::int64_t peak_rss_kb = 0;

  std::int64_t listed() const { return listed_ok + listed_failed; }

  /// Counts a URL that ended. Returns whether it failed.
  bool add(const storage::PageOutcome& page, bool is_listed = true);
  void add_requests(const std::vector<storage::FetchRow>& fetches);
  void add_reject();
  storage::RunTotals totals() const;
  /// Of all that was skipped, with a row or without.
  Skips all_skips() const;
  std::vector<storage::SkippedRow> skipped_rows() const;
};

}  // namespace crawler
