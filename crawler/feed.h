// What fills the schedule of a crawl: from the lines that the user gave to URLs that wait for their turn.
//
//   std::unique_ptr<Feed> feed = …;               // a list alone, or the links of its pages too
//   co_await feed->run();                         // until there will be no more URLs
//   feed->note_commit(committed);                 // from the writer, after each commit
//
// Contract: loop thread only. run() reads the list in a task of its own turn; a line that cannot be read on
// ends the reading, and is told in the outcome. All that it is given outlives it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "crawler/async/task.h"
#include "crawler/config.h"
#include "crawler/finding.h"
#include "crawler/list_source.h"
#include "crawler/page_sink.h"
#include "crawler/run_outcome.h"
#include "crawler/run_report.h"
#include "crawler/schedule.h"
#include "crawler/seed_verdict.h"
#include "crawler/visits.h"

namespace crawler {

/// What of a batch its feed wants to know.
struct Committed {
  std::vector<std::string> pages;  // their keys
  std::size_t claims = 0;          // that have their end
  std::size_t skipped = 0;         // of these, those that no page came of
};

class Feed {
 public:
  struct Parts {
    const Config& config;
    ListSource& source;
    PageSink& sink;
    Schedule& schedule;
    Visits& visits;
    RunOutcome& outcome;
    RunReport& report;
    std::function<void()> note_failure;
  };

  explicit Feed(Parts parts) : parts_(std::move(parts)) {}
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  virtual ~Feed() = default;

  virtual async::Task<> run() = 0;
  virtual void note_commit(const Committed& committed) = 0;
  /// The run is being stopped: what ends it is known already.
  void note_stop() { is_stopping_ = true; }

 protected:
  /// Reads the lines, and puts those that are to be fetched.
  async::Task<> read_list();
  /// One verdict a line. What is taken is noted as such.
  virtual async::Task<std::vector<SeedVerdict>> judge(const SeedLines& lines) = 0;
  /// A line's URL. Waits for room.
  virtual async::Task<> put(parse::Url url) = 0;
  /// Whether no more lines are wanted.
  virtual bool is_satisfied() const { return false; }
  void note_limit();

  const Parts parts_;

 private:
  async::Task<> take_lines();
  async::Task<> take(SeedLine line, SeedVerdict verdict);

  bool is_stopping_ = false;
};

}  // namespace crawler
