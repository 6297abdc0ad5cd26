// A run's figures as Prometheus reads them.
//
//   metrics_text(report, {.database = "/srv/pages.db", .started_at = start, .process = resource_usage()});
//
// Contract: pure. Each sample has the database as a label, so that the files of several crawls can lie in one
// directory. The other labels are of closed sets, and all their series are there from the start. No name is
// one that exporters have of themselves, such as process_cpu_seconds_total: what reads the file puts it
// beside its own. docs/metrics.md lists the metrics. Source:
// https://prometheus.io/docs/instrumenting/exposition_formats/ (text, 0.0.4)
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "crawler/resource_usage.h"
#include "crawler/run_report.h"

namespace crawler {

/// What is known of a run besides its report.
struct RunFacts {
  struct End {
    int exit_code = 0;
    std::chrono::system_clock::time_point at;
  };

  std::string database{};
  bool follows_links = false;
  std::chrono::system_clock::time_point started_at{};
  std::optional<End> end{};
  ResourceUsage process{};
  std::int64_t failed_writes = 0;
};

std::string metrics_text(const RunReport& report, const RunFacts& facts);

}  // namespace crawler
