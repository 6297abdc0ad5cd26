// The crawl itself, between an open sink and an open client: from the lines of the list to the rows.
//
//   Pipeline pipeline(config, source, is_resumed, signals, sink, client, outcome, report);
//   co_await pipeline.run();
//
// Tasks in a group: one feeds the schedule, one starts a visit for each URL that has its turn, one looks up
// what is known of robots.txt, one writes what the visits found, and two watch for what stops the others.
// What is stopped is only the fetching: the writer ends when all that was finished is written.
//
// Contract: `outcome` tells what ended it, if it was not the list's end; `report` is kept up to date. All
// that it is given outlives it. Throws what the sink throws, and what a bug in a visit threw.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crawler/async/queue.h"
#include "crawler/async/signals.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/config.h"
#include "crawler/feed.h"
#include "crawler/http/http_client.h"
#include "crawler/list_source.h"
#include "crawler/page_batches.h"
#include "crawler/page_sink.h"
#include "crawler/run_outcome.h"
#include "crawler/run_report.h"
#include "crawler/schedule.h"
#include "crawler/visits.h"

namespace crawler {

class Pipeline {
 public:
  /// `is_resumed`: the sink may hold rows of an earlier run, whose lines are done.
  Pipeline(const Config& config, ListSource& source, bool is_resumed, async::SignalWatch& signals,
           PageSink& sink, http::HttpClient& client, RunOutcome& outcome, RunReport& report);

  async::Task<> run();

 private:
  async::Task<> fetch();
  async::Task<> load_robots();
  async::Task<> load_robots_of(std::vector<std::string> origins);
  async::Task<> write_records();
  void note_state(FrontierState state);
  bool is_running_low() const;

  async::Task<> stop_on_signal();
  async::Task<> stop_in_time();
  void note_failure();
  void stop(RunEnding why);

  const Config& config_;
  async::SignalWatch& signals_;
  PageSink& sink_;
  RunOutcome& outcome_;
  RunReport& report_;
  Schedule schedule_;
  Visits visits_;
  std::unique_ptr<Feed> feed_;
  async::Queue<Record> records_;  // last: what is left in it gives back to the visits what it holds
  std::optional<async::TaskHandle<>> fetching_;
  std::exception_ptr fetch_error_;
  bool is_stopping_ = false;
};

}  // namespace crawler
