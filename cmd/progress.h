// The line on a terminal that tells how the run goes.
//
//   co_await async_with(Progress(report, is_shown), [&](Progress&) { return crawl(config, report); });
//
// Contract: rewritten on stderr five times a second by a task of its own, and wiped at the end. Loop thread
// only; the report outlives it.
#pragma once

#include <exception>
#include <optional>

#include "crawler/async/clock.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/run_report.h"

namespace cmd {

class Progress {
 public:
  Progress(const crawler::RunReport& report, bool is_shown) : report_(report), is_shown_(is_shown) {}

  crawler::async::Task<> enter();
  crawler::async::Task<> exit(const std::exception_ptr& error);

 private:
  crawler::async::Task<> draw_forever();

  const crawler::RunReport& report_;
  bool is_shown_;
  std::optional<crawler::async::TaskHandle<>> drawing_;
};

}  // namespace cmd
