// The file that tells Prometheus how a run goes (--metrics).
//
//   co_await async_with(Metrics(config, report, outcome), [&](Metrics&) -> Task<> {
//     outcome.ending = co_await crawl_all(report);
//   });
//
// Contract: within a RunLock, so that the file has one writer. Written by enter(), every 10 s by a task of
// its own, and by exit() with how the run ended; does nothing where the configuration names no file. Who
// reads it always reads a whole one. enter() throws BadMetricsFile when the file cannot be written, and for
// one that is not this program's to replace. A later failure is counted, told on stderr the first time, and
// stops nothing. Loop thread only; what it is given outlives it. Source: docs/metrics.md
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/thread_pool.h"
#include "crawler/config.h"
#include "crawler/metrics_text.h"
#include "crawler/run_outcome.h"
#include "crawler/run_report.h"

namespace crawler {

/// A file that cannot hold the metrics, before any work: what() says which and why.
class BadMetricsFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Metrics {
 public:
  static constexpr std::chrono::seconds kPeriod{10};

  Metrics(const Config& config, const RunReport& report, const RunOutcome& outcome)
      : config_(config), report_(report), outcome_(outcome) {}

  async::Task<> enter();
  async::Task<> exit(const std::exception_ptr& error);

 private:
  async::Task<> rewrite_forever();
  async::Task<> rewrite();
  std::string text();

  const Config& config_;
  const RunReport& report_;
  const RunOutcome& outcome_;
  RunFacts facts_;
  std::unique_ptr<async::ThreadPool> thread_;  // one, so that the last text written is the last made
  std::optional<async::TaskHandle<>> rewriting_;
};

}  // namespace crawler
