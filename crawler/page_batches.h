// The stream of what the visits found, in batches for the database.
//
//   Queue<Record> records;
//   AsyncGenerator<RecordBatch> batches = batch_records(records, {.max_age = 250ms});
//   while (auto batch = co_await batches.next()) co_await database.commit(batch->take());
//
// Contract: a batch ends at 1,000 rows, 2 MB, `max_age` after its first record, or when there is no other
// record and somebody waits for what is in it; the stream ends when the queue is shut down and empty. Nothing
// that was put is lost, whenever the queue is shut down.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "crawler/async/async_generator.h"
#include "crawler/async/queue.h"
#include "crawler/async/semaphore.h"
#include "crawler/finding.h"
#include "crawler/memory_budget.h"
#include "crawler/page_sink.h"
#include "storage/rows.h"

namespace crawler {

/// What a row has until it is in the database: a place in the line, and a part of the memory; once the page
/// is whole, a part of what may wait to be read and written too.
struct Hold {
  std::optional<async::Semaphore::Permit> place;
  MemoryBudget::Charge charge;
  MemoryBudget::Charge backlog;
};

/// All that came of a visit.
struct Ended {
  std::optional<storage::PageOutcome> page{};  // none: a robots.txt, a sitemap, a URL that was skipped
  std::vector<storage::FetchRow> fetches{};    // of what is no page
  std::optional<storage::RobotsRow> robots{};
  std::optional<Finding> finding{};
};

/// What is on its way to the database.
struct Record {
  // A visit's end by pointer: it is large, and moves from hand to hand.
  std::variant<std::unique_ptr<Ended>, storage::SeedRow> what;
  Hold hold;
};

class RecordBatch {
 public:
  static constexpr std::size_t max_rows = 1000;
  static constexpr std::size_t max_bytes = std::size_t{2} << 20;

  void add(Record record);
  bool is_full() const { return held_.size() >= max_rows || bytes_ >= max_bytes; }
  Commit take() { return std::move(commit_); }

 private:
  void add(Ended ended);

  Commit commit_;
  std::vector<Hold> held_;  // given back when the batch goes: after its commit
  std::size_t bytes_ = 0;
};

/// About how much memory it takes until it is committed.
std::size_t size_of(const Ended& ended);

struct BatchEnd {
  /// 0: a batch is what is there when it is asked for, and at least one row.
  std::chrono::milliseconds max_age{};
  /// Whether somebody waits for what is in the batch.
  std::function<bool()> is_awaited = [] { return false; };
};
async::AsyncGenerator<RecordBatch> batch_records(async::Queue<Record>& records, BatchEnd end);

}  // namespace crawler
