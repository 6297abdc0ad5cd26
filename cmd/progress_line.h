// The line that tells how a run goes, as wide as there is room for.
//
//   progress_line(report, {.elapsed = 2s, .pages_per_second = 653, .columns = 80})
//   // "1,306 done   4,210 waiting   653 pages/s   12 failed   100 under way   2.00 s"
//
// Contract: pure. Parts that there is no room for are left out, those that say least first. What waits and
// what is known is told of crawls that follow links.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "crawler/run_report.h"

namespace cmd {

struct ProgressFigures {
  std::chrono::duration<double> elapsed{};
  double pages_per_second = 0;  // of late
  std::size_t columns = 80;
};

std::string progress_line(const crawler::RunReport& report, const ProgressFigures& figures);

}  // namespace cmd
