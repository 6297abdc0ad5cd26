// The visits of a run: as many at once as there are permits, from a URL's turn to its record.
//
//   Visits visits(config, client, schedule, records, report, [&] { stop(); });
//   co_await visits.run();                          // until the schedule is closed and empty
//   visits.end_cancelled();                         // after a stop: what had begun
//
// A robots.txt ends in the schedule, which waits for it; a sitemap in the frontier, as what it lists.
//
// Contract: loop thread only. A page whose first transfer has begun ends as one record, whatever happens; one
// that has not leaves none when it is cancelled. No transfer starts while there is no place for its row, no
// room for its body, or too much waits to be read or written. `on_failure` is called for each URL that fails.
// All that it is given outlives it.
#pragma once

#include <functional>
#include <optional>

#include "crawler/answer.h"
#include "crawler/async/queue.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/task.h"
#include "crawler/async/task_group.h"
#include "crawler/config.h"
#include "crawler/fetcher.h"
#include "crawler/http/http_client.h"
#include "crawler/memory_budget.h"
#include "crawler/page_batches.h"
#include "crawler/page_reader.h"
#include "crawler/run_report.h"
#include "crawler/schedule.h"
#include "crawler/turn.h"
#include "storage/rows.h"

namespace crawler {

class Visits {
 public:
  Visits(const Config& config, http::HttpClient& client, Schedule& schedule, async::Queue<Record>& records,
         RunReport& report, std::function<void()> on_failure);

  async::Task<> run();
  /// A record for each URL that has begun and waits for another turn.
  void end_cancelled();
  /// What needs no visit. Waits for a place.
  async::Task<> record(storage::PageOutcome page);
  async::Task<> record(storage::SeedRow seed);
  async::Task<> record(Finding finding);

 private:
  async::Task<> start(async::TaskGroup& group);
  async::Task<> visit(Turn turn, async::Semaphore::Permit permit, Hold hold);
  async::Task<> read(Answer& answer, Hold& hold);
  async::Task<> end_sitemap(Answer& answer, Hold& hold);
  void end_robots(Answer answer, Hold hold);
  void end_skipped(Answer answer, SkipReason reason, Hold hold);
  void end(Answer answer, Hold hold);
  void end(ReadPage page, Hold hold);
  void end_without_page(Answer answer, Ended ended, Hold hold);
  void put(Ended ended, Hold hold);
  std::string key_of(const Answer& answer) const;

  Schedule& schedule_;
  async::Queue<Record>& records_;
  RunReport& report_;
  std::function<void()> on_failure_;
  MemoryBudget budget_;
  MemoryBudget backlog_;  // of whole pages
  const Reading reading_;
  Fetcher fetcher_;
  async::Semaphore permits_;  // how many transfers there may be
  async::Semaphore places_;   // how many rows may wait for the disk
  async::Semaphore huge_reads_{1};
};

}  // namespace crawler
