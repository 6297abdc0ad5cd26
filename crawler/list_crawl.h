// The crawl itself, between an open sink and an open client: from the lines of the list to the rows.
//
//   ListCrawl crawl(config, source, is_resumed, signals, sink, client, outcome, report);
//   co_await crawl.run();
//
// Tasks in a group: one reads the list into the schedule, one starts a visit for each URL that has its turn,
// one writes what the visits found, and two watch for what stops the first two. What is stopped is only the
// fetching: the writer ends when all that was finished is written.
//
// Contract: `outcome` tells what ended it, if it was not the list's end; `report` is kept up to date. All
// that it is given outlives it. Throws what the sink throws, and what a bug in a visit threw.
#pragma once

#include <exception>
#include <optional>

#include "crawler/admission.h"
#include "crawler/async/queue.h"
#include "crawler/async/signals.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/config.h"
#include "crawler/http/http_client.h"
#include "crawler/list_source.h"
#include "crawler/page_batches.h"
#include "crawler/page_sink.h"
#include "crawler/run_outcome.h"
#include "crawler/run_report.h"
#include "crawler/schedule.h"
#include "crawler/visits.h"

namespace crawler {

class ListCrawl {
 public:
  /// `is_resumed`: the sink may hold rows of an earlier run, whose lines are done.
  ListCrawl(const Config& config, ListSource& source, bool is_resumed, async::SignalWatch& signals,
            PageSink& sink, http::HttpClient& client, RunOutcome& outcome, RunReport& report);

  async::Task<> run();

 private:
  using Verdict = Admission::Verdict;

  async::Task<> fetch_list();
  async::Task<> read_list();
  async::Task<> take_lines();
  async::Task<> take(SeedLine line, Verdict verdict);

  async::Task<> write_records();

  async::Task<> stop_on_signal();
  async::Task<> stop_in_time();
  void note_failure();
  void stop(RunEnding why);

  const Config& config_;
  ListSource& source_;
  async::SignalWatch& signals_;
  PageSink& sink_;
  RunOutcome& outcome_;
  RunReport& report_;
  Admission admission_;
  Schedule schedule_;
  Visits visits_;
  async::Queue<Record> records_;  // last: what is left in it gives back to the visits what it holds
  std::optional<async::TaskHandle<>> fetching_;
  std::exception_ptr fetch_error_;
  bool is_stopping_ = false;
};

}  // namespace crawler
