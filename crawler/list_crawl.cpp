#include "crawler/list_crawl.h"

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
#include "crawler/async/to_thread.h"
#include "crawler/page_error.h"
#include "crawler/page_reader.h"
#include "crawler/wall_clock.h"
#include "crawler/without_credentials.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using async::TaskHandle;

// Rows that wait for the disk: with these out, no transfer starts.
constexpr std::size_t kUncommittedRows = 2000;
// What a page weighs before it has a body: its frames, its row, its libcurl handle.
constexpr std::size_t kPageBytes = 16 * 1024;

struct ShutDown {
  void operator()(async::Queue<Record>* queue) const { queue->shutdown(); }
};

}  // namespace

ListCrawl::ListCrawl(const Config& config, ListSource& source, async::SignalWatch& signals,
                     DatabaseSession& database, http::HttpClient& client, RunOutcome& outcome,
                     RunReport& report)
    : config_(config),
      source_(source),
      signals_(signals),
      database_(database),
      outcome_(outcome),
      report_(report),
      budget_(config.max_memory, [&client] { return client.body_bytes(); }),
      fetcher_(config, client),
      admission_(database, database.run().resumed_from.has_value()),
      visits_(config.is_sequential ? 1 : 2 * config.concurrency),
      places_(kUncommittedRows + config.concurrency) {}

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

/// The life of one URL.
Task<> ListCrawl::visit(Answer answer, async::Semaphore::Permit) {
  Hold hold;
  try {
    hold.place = co_await places_.acquire();
    co_await budget_.wait_for_room();
    hold.charge = budget_.charge(kPageBytes);
    co_await fetcher_.fetch(answer);
    if (answer.response) hold.charge.set(kPageBytes + answer.response->body.size());
    co_await read(answer, hold);
  } catch (const async::Cancelled&) {
    if (answer.fetches.empty()) throw;  // no transfer had begun: it counts among those left
    answer.response = std::unexpected(PageError::cancelled);
    end_visit(read_page(std::move(answer), config_.keep, now_iso8601()), std::move(hold));
    throw;
  }
}

Task<> ListCrawl::read(Answer& answer, Hold& hold) {
  if (!is_slow_to_read(answer)) {
    end_visit(read_page(std::move(answer), config_.keep, now_iso8601()), std::move(hold));
    co_return;
  }
  // The thread owns what it reads; a cancellation still finds here what was asked.
  Answer whole(answer.url);
  whole.fetches = answer.fetches;
  std::swap(whole, answer);
  storage::PageOutcome page =
      co_await async::to_thread(&read_page, std::move(whole), config_.keep, now_iso8601());
  end_visit(std::move(page), std::move(hold));
}

/// Does not wait: a page that was finished cannot be lost to a cancellation.
void ListCrawl::end_visit(storage::PageOutcome page, Hold hold) {
  const bool has_failed = report_.add(page);
  hold.charge.set(size_of(page));
  records_.put_now({.row = std::move(page), .hold = std::move(hold)});
  if (has_failed && config_.fails_fast) stop(RunEnding::failed_fast);
}

Task<> ListCrawl::fetch_list() {
  const std::unique_ptr<async::Queue<Record>, ShutDown> at_end(&records_);
  try {
    co_await async::task_group([this](TaskGroup& visits) { return start_visits(visits); });
  } catch (const async::ExceptionGroup&) {
    // Not thrown before all that was finished is written: it would cancel the writer.
    fetch_error_ = std::current_exception();
  }
}

Task<> ListCrawl::start_visits(TaskGroup& visits) {
  try {
    co_await take_lines(visits);
  } catch (const BadSource& error) {
    // The visits under way go on to their end.
    if (is_stopping_) co_return;
    outcome_.ending = RunEnding::bad_input;
    outcome_.failure = error.what();
  }
}

Task<> ListCrawl::take_lines(TaskGroup& visits) {
  async::AsyncGenerator<SeedLines> chunks = source_.lines();
  while (auto lines = co_await chunks.next()) {
    report_.left += static_cast<std::int64_t>(lines->size());
    const std::vector<Verdict> verdicts = co_await admission_.judge(*lines);
    for (std::size_t i = 0; i < lines->size(); ++i) {
      if (verdicts[i] == Verdict::take && report_.admitted == config_.max_pages) {
        if (!is_stopping_) outcome_.ending = RunEnding::limited;
        co_return;
      }
      co_await take(std::move((*lines)[i]), verdicts[i], visits);
      --report_.left;
    }
  }
}

Task<> ListCrawl::take(SeedLine line, Verdict verdict, TaskGroup& visits) {
  if (verdict == Verdict::done_before) {
    ++report_.done_before;
    co_return;
  }
  if (verdict != Verdict::take || !line.given.empty()) co_await note_seed(line, verdict);
  if (verdict == Verdict::duplicate) ++report_.duplicates;
  if (verdict == Verdict::reject) {
    report_.add_reject();
    if (config_.fails_fast) stop(RunEnding::failed_fast);
  }
  if (verdict != Verdict::take) co_return;

  async::Semaphore::Permit permit = co_await visits_.acquire();
  if (!line.url) {
    co_await end_bad_url(std::move(line.key));
  } else {
    ++report_.admitted;
    std::string name = "visit " + without_credentials(line.key);
    visits.spawn(visit(Answer(*std::move(line.url)), std::move(permit)), std::move(name));
  }
}

Task<> ListCrawl::end_bad_url(std::string url) {
  storage::PageOutcome page;
  page.url = std::move(url);
  page.error = name(PageError::bad_url);
  page.at = now_iso8601();
  Hold hold;
  hold.place = co_await places_.acquire();
  ++report_.admitted;
  end_visit(std::move(page), std::move(hold));
}

Task<> ListCrawl::note_seed(const SeedLine& line, Verdict verdict) {
  storage::SeedRow seed;
  seed.line = line.number;
  seed.given = line.given.empty() ? line.key : line.given;
  if (!line.key.empty()) seed.url = line.key;
  switch (verdict) {
    case Verdict::reject:
      seed.outcome = "rejected: " + std::string(parse::describe(line.url.error()));
      break;
    case Verdict::duplicate:
      seed.outcome = "duplicate";
      break;
    default:
      seed.outcome = "accepted";
  }
  Record record;
  record.hold.place = co_await places_.acquire();
  record.row = std::move(seed);
  records_.put_now(std::move(record));
}

Task<> ListCrawl::write_records() {
  async::AsyncGenerator<RecordBatch> batches = batch_records(records_);
  while (auto batch = co_await batches.next()) {
    storage::Batch rows = batch->take_rows();
    std::vector<std::string> urls;
    for (const storage::PageOutcome& page : rows.pages) urls.push_back(page.url);
    co_await database_.commit(std::move(rows));
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

/// Aborts the transfers; what was finished is still written. The first reason counts, but for a signal,
/// which says more than any. With --max-pages reached the rest still runs to its end, or to a stop.
void ListCrawl::stop(RunEnding why) {
  if (is_stopping_ && why != RunEnding::signalled) return;
  is_stopping_ = true;
  outcome_.ending = why;
  fetching_->cancel();
}

}  // namespace crawler
