// How a run goes and went, in numbers: for the progress line, the summary, the metrics and the `run`
// table.
//
// Contract: counters on the loop's thread, of constant size whatever the run's.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "crawler/duration_buckets.h"
#include "crawler/latency_histogram.h"
#include "storage/rows.h"

namespace crawler {

struct RunReport {
  std::int64_t admitted = 0;     // URLs taken from the list, each once
  std::int64_t ended = 0;        // of these, those that have their row (or will when the writer is through)
  std::int64_t under_way = 0;    // begun, and not ended
  std::int64_t ok = 0;           // a whole response with a status below 400
  std::int64_t failed = 0;       // an error, or a status of 400 and more
  std::int64_t cancelled = 0;    // in flight when the run was stopped
  std::int64_t rejected = 0;     // lines that are no URL: they count as failed too
  std::int64_t duplicates = 0;   // lines whose URL came before
  std::int64_t done_before = 0;  // lines that an earlier run of the job has done
  std::int64_t left = 0;         // lines not reached
  std::int64_t bytes = 0;        // of bodies, as received
  std::int64_t requests = 0;
  std::map<std::string, std::int64_t> failures;  // by error, or "status 404"
  LatencyHistogram latencies;                    // of requests that were answered
  DurationBuckets durations;                     // of the same
  std::chrono::milliseconds wall{};
  std::chrono::milliseconds cpu{};
  std::int64_t peak_rss_kb = 0;

  std::int64_t listed() const { return ok + failed; }

  /// Counts a URL that ended. Returns whether it failed.
  bool add(const storage::PageOutcome& page);
  void add_reject();
  storage::RunTotals totals() const;
};

}  // namespace crawler
