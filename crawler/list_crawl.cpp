#include "crawler/list_crawl.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <utility>
#include <vector>

#include "crawler/async/async_generator.h"
#include "crawler/async/cancelled.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/sleep.h"
#include "crawler/page_error.h"
#include "crawler/wall_clock.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using async::TaskHandle;

storage::PageOutcome bad_url(std::string url) {
  storage::PageOutcome page;
  page.url = std::move(url);
  page.error = name(PageError::bad_url);
  page.at = now_iso8601();
  return page;
}

storage::SeedRow seed_row(const SeedLine& line, Admission::Verdict verdict) {
  storage::SeedRow seed;
  seed.line = line.number;
  seed.given = line.given.empty() ? line.key : line.given;
  if (!line.key.empty()) seed.url = line.key;
  switch (verdict) {
    case Admission::Verdict::reject:
      seed.outcome = "rejected: " + std::string(parse::describe(line.url.error()));
      break;
    case Admission::Verdict::duplicate:
      seed.outcome = "duplicate";
      break;
    default:
      seed.outcome = "accepted";
  }
  return seed;
}

// A host's URLs are often listed one after the other, and must not keep the others from being seen.
constexpr std::size_t kUrlsReadAhead = 20'000;

struct ShutDown {
  void operator()(async::Queue<Record>* queue) const { queue->shutdown(); }
};
struct Close {
  void operator()(Schedule* schedule) const { schedule->close(); }
};

/// One at a time is one of all: the next is not begun before it has ended.
Schedule::Bounds schedule_bounds(const Config& config) {
  Schedule::Bounds bounds;
  bounds.turns = config.transfers_at_once();
  bounds.urls = config.is_sequential ? 1 : kUrlsReadAhead + 2 * config.concurrency;
  return bounds;
}

}  // namespace

ListCrawl::ListCrawl(const Config& config, ListSource& source, bool is_resumed, async::SignalWatch& signals,
                     PageSink& sink, http::HttpClient& client, RunOutcome& outcome, RunReport& report)
    : config_(config),
      source_(source),
      signals_(signals),
      sink_(sink),
      outcome_(outcome),
      report_(report),
      admission_(sink, is_resumed),
      schedule_(client, schedule_bounds(config)),
      visits_(config, client, schedule_, records_, report, [this] { note_failure(); }) {}

Task<> ListCrawl::run() {
  co_await async::task_group([this](TaskGroup& group) -> Task<> {
    fetching_ = group.spawn(fetch_list(), "fetch the list");
    const TaskHandle<> signal_watch = group.spawn(stop_on_signal(), "watch for signals");
    const TaskHandle<> time_watch = group.spawn(stop_in_time(), "watch the time limit");
    co_await write_records();
    signal_watch.cancel();
    time_watch.cancel();
    if (fetch_error_) std::rethrow_exception(fetch_error_);
  });
}

Task<> ListCrawl::fetch_list() {
  const std::unique_ptr<async::Queue<Record>, ShutDown> at_end(&records_);
  try {
    co_await async::task_group([this](TaskGroup& group) {
      group.spawn(read_list(), "read the list");
      group.spawn(visits_.run(), "start visits");
    });
  } catch (const async::ExceptionGroup&) {
    // Not thrown before all that was finished is written: it would cancel the writer.
    fetch_error_ = std::current_exception();
  } catch (const async::Cancelled&) {
    visits_.end_cancelled();
    throw;
  }
}

Task<> ListCrawl::read_list() {
  const std::unique_ptr<Schedule, Close> at_end(&schedule_);
  try {
    co_await take_lines();
  } catch (const BadSource& error) {
    // The visits under way go on to their end.
    if (is_stopping_) co_return;
    outcome_.ending = RunEnding::bad_input;
    outcome_.failure = error.what();
  }
}

Task<> ListCrawl::take_lines() {
  async::AsyncGenerator<SeedLines> chunks = source_.lines();
  while (auto lines = co_await chunks.next()) {
    report_.left += static_cast<std::int64_t>(lines->size());
    const std::vector<Verdict> verdicts = co_await admission_.judge(*lines);
    report_.left -= std::ranges::count(verdicts, Verdict::done_before);
    for (std::size_t i = 0; i < lines->size(); ++i) {
      if (verdicts[i] == Verdict::take && report_.admitted == config_.max_pages) {
        if (!is_stopping_) outcome_.ending = RunEnding::limited;
        co_return;
      }
      co_await take(std::move((*lines)[i]), verdicts[i]);
      if (verdicts[i] != Verdict::done_before) --report_.left;
    }
  }
}

Task<> ListCrawl::take(SeedLine line, Verdict verdict) {
  if (verdict == Verdict::done_before) {
    ++report_.done_before;
    co_return;
  }
  if (verdict != Verdict::take || !line.given.empty()) co_await visits_.record(seed_row(line, verdict));
  if (verdict == Verdict::duplicate) ++report_.duplicates;
  if (verdict == Verdict::reject) {
    report_.add_reject();
    note_failure();
  }
  if (verdict != Verdict::take) co_return;

  co_await schedule_.wait_for_room();
  if (line.url) {
    ++report_.admitted;
    schedule_.put(*std::move(line.url));
  } else {
    co_await visits_.record(bad_url(std::move(line.key)));
  }
}

Task<> ListCrawl::write_records() {
  async::AsyncGenerator<RecordBatch> batches = batch_records(records_, sink_.max_batch_age());
  while (auto batch = co_await batches.next()) {
    storage::Batch rows = batch->take_rows();
    std::vector<std::string> urls;
    for (const storage::PageOutcome& page : rows.pages) urls.push_back(page.url);
    co_await sink_.commit(std::move(rows));
    for (const std::string& url : urls) admission_.forget_committed(url);
  }
}

Task<> ListCrawl::stop_on_signal() {
  outcome_.signal = co_await signals_.next();
  stop(RunEnding::signalled);
}

Task<> ListCrawl::stop_in_time() {
  if (!config_.time_limit) co_return;
  co_await async::sleep(*config_.time_limit);
  if (!fetching_->is_done()) stop(RunEnding::limited);  // else no work is left but the writing
}

void ListCrawl::note_failure() {
  if (config_.fails_fast) stop(RunEnding::failed_fast);
}

/// Aborts the transfers; what was finished is still written. The first reason counts, but for a signal,
/// which says more than any. With --max-pages reached the rest still runs to its end, or to a stop.
void ListCrawl::stop(RunEnding why) {
  if (is_stopping_ && why != RunEnding::signalled) return;
  is_stopping_ = true;
  outcome_.ending = why;
  if (why != RunEnding::signalled) sink_.expect_end();
  fetching_->cancel();
}

}  // namespace crawler
