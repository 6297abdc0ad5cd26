#include "crawler/crawl.h"

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <signal.h>
#include <string>
#include <unistd.h>
#include <utility>

#include "crawler/admission.h"
#include "crawler/async/async_with.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/queue.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/signals.h"
#include "crawler/async/sleep.h"
#include "crawler/async/task_group.h"
#include "crawler/async/to_thread.h"
#include "crawler/database_session.h"
#include "crawler/fetcher.h"
#include "crawler/list_source.h"
#include "crawler/page_batches.h"
#include "crawler/page_reader.h"
#include "crawler/resource_usage.h"
#include "crawler/stored_text.h"
#include "crawler/wall_clock.h"
#include "parse/digest.h"
#include "storage/database.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using async::TaskHandle;
using std::chrono_literals::operator""ms;

// Rows that wait for the disk: with these out, no transfer starts.
constexpr std::size_t kUncommittedRows = 2000;
// Who sends a signal has the process back within 2 s, and so nobody else's lock is waited for longer than
// this.
constexpr std::chrono::milliseconds kPatienceAfterSignal = 1000ms;
// What a page weighs before it has a body: its frames, its row, its libcurl handle.
constexpr std::size_t kPageBytes = 16 * 1024;

std::string now_iso8601() { return to_iso8601(std::chrono::system_clock::now()); }

/// The sources and what decides which of their URLs are fetched: a job is resumed where this is the same.
std::string source_digest(const Config& config) {
  std::string description = "list";
  for (const std::string& source : config.sources) {
    std::error_code error;
    const bool is_file = std::filesystem::exists(source, error);
    description +=
        '\n' + (is_file ? std::filesystem::absolute(source, error).lexically_normal().string() : source);
  }
  return parse::sha256_hex(description);
}

storage::RunStart run_start(const Config& config) {
  return {.started_at = now_iso8601(),
          .mode = config.is_sequential ? storage::Mode::sequential : storage::Mode::concurrent,
          .concurrency = config.is_sequential ? 1 : static_cast<int>(config.concurrency),
          .args = stored_text(config.arguments),
          .source_digest = source_digest(config),
          .resume = config.resumes};
}

http::ClientOptions client_options(const Config& config) {
  http::ClientOptions options;
  options.concurrency = config.is_sequential ? 1 : config.concurrency;
  options.connect_timeout = config.connect_timeout;
  options.max_body = config.max_body;
  options.user_agent = config.user_agent;
  return options;
}

struct ShutDown {
  void operator()(async::Queue<Record>* queue) const { queue->shutdown(); }
};

/// One run, between an open database and an open client.
class Crawl {
 public:
  Crawl(const Config& config, ListSource& source, async::SignalWatch& signals, DatabaseSession& database,
        http::HttpClient& client, RunOutcome& outcome, RunReport& report)
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

  Task<> run() {
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

 private:
  using Verdict = Admission::Verdict;

  /// The life of one URL.
  Task<> visit(parse::Url url, async::Semaphore::Permit) {
    Answer answer(std::move(url));
    Record record;
    try {
      record.place = co_await places_.acquire();
      co_await budget_.wait_for_room();
      record.charge = budget_.charge(kPageBytes);
      co_await fetcher_.fetch(answer);
      if (answer.response) record.charge.set(kPageBytes + answer.response->body.size());
      storage::PageOutcome page = co_await read(answer);
      end_visit(std::move(record), std::move(page));
    } catch (const async::Cancelled&) {
      if (answer.fetches.empty()) throw;  // no transfer had begun: it counts among those left
      answer.response = std::unexpected(PageError::cancelled);
      end_visit(std::move(record), read_page(std::move(answer), config_.keep, now_iso8601()));
      throw;
    }
  }

  Task<storage::PageOutcome> read(Answer& answer) {
    if (!is_slow_to_read(answer)) co_return read_page(std::move(answer), config_.keep, now_iso8601());
    // The thread owns what it reads; a cancellation still finds here what was asked.
    Answer whole(answer.url);
    whole.fetches = answer.fetches;
    std::swap(whole, answer);
    co_return co_await async::to_thread(&read_page, std::move(whole), config_.keep, now_iso8601());
  }

  /// Does not wait: a page that was finished cannot be lost to a cancellation.
  void end_visit(Record record, storage::PageOutcome page) {
    const bool has_failed = report_.add(page);
    record.charge.set(size_of(page));
    record.row = std::move(page);
    records_.put_now(std::move(record));
    if (has_failed && config_.fails_fast) stop(RunEnding::failed_fast);
  }

  Task<> fetch_list() {
    const std::unique_ptr<async::Queue<Record>, ShutDown> at_end(&records_);
    try {
      co_await async::task_group([this](TaskGroup& visits) { return start_visits(visits); });
    } catch (const async::ExceptionGroup& group) {
      end_with_error(group);
    }
  }

  Task<> start_visits(TaskGroup& visits) {
    async::AsyncGenerator<SeedLines> chunks = source_.lines();
    while (auto lines = co_await chunks.next()) {
      report_.left += static_cast<std::int64_t>(lines->size());
      const std::vector<Verdict> verdicts = co_await admission_.judge(*lines);
      for (std::size_t i = 0; i < lines->size(); ++i) {
        if (verdicts[i] == Verdict::take && report_.admitted == config_.max_pages) {
          outcome_.ending = RunEnding::limited;
          co_return;
        }
        co_await take(std::move((*lines)[i]), verdicts[i], visits);
        --report_.left;
      }
    }
  }

  Task<> take(SeedLine line, Verdict verdict, TaskGroup& visits) {
    if (verdict == Verdict::done_before) {
      ++report_.done_before;
      co_return;
    }
    if (verdict != Verdict::take || !line.given.empty()) co_await note_seed(line, verdict);
    if (verdict == Verdict::duplicate) ++report_.duplicates;
    if (verdict == Verdict::reject) report_.add_reject();
    if (verdict != Verdict::take) co_return;

    async::Semaphore::Permit permit = co_await visits_.acquire();
    if (!line.url) {
      co_await end_bad_url(std::move(line.key));
    } else {
      ++report_.admitted;
      visits.spawn(visit(*std::move(line.url), std::move(permit)), "visit");
    }
  }

  Task<> end_bad_url(std::string url) {
    storage::PageOutcome page;
    page.url = std::move(url);
    page.error = name(PageError::bad_url);
    page.at = now_iso8601();
    Record record;
    record.place = co_await places_.acquire();
    ++report_.admitted;
    end_visit(std::move(record), std::move(page));
  }

  Task<> note_seed(const SeedLine& line, Verdict verdict) {
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
    record.place = co_await places_.acquire();
    record.row = std::move(seed);
    records_.put_now(std::move(record));
  }

  Task<> write_records() {
    async::AsyncGenerator<RecordBatch> batches = batch_records(records_);
    while (auto batch = co_await batches.next()) {
      storage::Batch rows = batch->take_rows();
      std::vector<std::string> urls;
      for (const storage::PageOutcome& page : rows.pages) urls.push_back(page.url);
      co_await database_.commit(std::move(rows));
      for (const std::string& url : urls) admission_.forget_committed(url);
    }
  }

  Task<> stop_on_signal() {
    outcome_.signal = co_await signals_.next();
    stop(RunEnding::signalled);
  }

  Task<> stop_in_time() {
    if (!config_.time_limit) co_return;
    co_await async::sleep(*config_.time_limit);
    if (!fetching_->is_done()) stop(RunEnding::limited);  // else no work is left but the writing
  }

  /// Aborts the transfers; what was finished is still written. The first reason counts, but for a signal,
  /// which says more than any. With --max-pages reached the rest still runs to its end, or to a stop.
  void stop(RunEnding why) {
    if (is_stopping_ && why != RunEnding::signalled) return;
    is_stopping_ = true;
    outcome_.ending = why;
    fetching_->cancel();
  }

  /// Not thrown before all that was finished is written: it would cancel the writer.
  void end_with_error(const async::ExceptionGroup& group) {
    try {
      std::rethrow_exception(group.exceptions().front());
    } catch (const BadSource& error) {
      outcome_.ending = RunEnding::bad_input;
      outcome_.failure = error.what();
    } catch (...) {
      fetch_error_ = std::make_exception_ptr(group);
    }
  }

  const Config& config_;
  ListSource& source_;
  async::SignalWatch& signals_;
  DatabaseSession& database_;
  RunOutcome& outcome_;
  RunReport& report_;
  MemoryBudget budget_;
  Fetcher fetcher_;
  Admission admission_;
  async::Semaphore visits_;  // how many may be under way, transfers and what follows them
  async::Semaphore places_;  // how many rows may wait for the disk
  async::Queue<Record> records_;
  std::optional<TaskHandle<>> fetching_;
  std::exception_ptr fetch_error_;
  bool is_stopping_ = false;
};

/// From before the database is opened until it is closed.
Task<> hurry_on_signal(async::SignalWatch& signals, std::shared_ptr<storage::Patience> patience,
                       RunOutcome& outcome) {
  outcome.signal = co_await signals.next();
  patience->end_in(kPatienceAfterSignal);
}

/// The failure itself, out of the groups of the tasks that it went through.
std::exception_ptr first_cause(std::exception_ptr error) {
  for (;;) {
    try {
      std::rethrow_exception(error);
    } catch (const async::ExceptionGroup& group) {
      error = group.exceptions().front();
    } catch (...) {
      return error;
    }
  }
}

void fail(RunOutcome& outcome, const std::exception_ptr& error) {
  // What began the failure says more than what followed from it.
  if (outcome.ending == RunEnding::failed) return;
  outcome.ending = outcome.signal != 0 ? RunEnding::signalled : RunEnding::failed;
  try {
    std::rethrow_exception(error);
  } catch (const DatabaseInUse& in_use) {
    outcome.ending = RunEnding::in_use;
    outcome.failure = in_use.what();
  } catch (...) {
    outcome.failure = async::describe(first_cause(error));
  }
}

/// Writes the run's own row, last of all.
Task<> end_run(const Config& config, ListSource& source, DatabaseSession& database, RunOutcome& outcome,
               RunReport& report, async::TimePoint started_at) {
  report.left += report.admitted - report.ended;
  if (outcome.ending != RunEnding::finished) report.left += source.count_rest(500ms);
  const ResourceUsage usage = resource_usage();
  report.wall =
      std::chrono::duration_cast<std::chrono::milliseconds>(async::EventLoop::current().now() - started_at);
  report.cpu = usage.cpu;
  report.peak_rss_kb = usage.peak_rss_kb;
  RunEnd end{.state = outcome.state(),
             .exit_code = outcome.exit_code(report, config.max_failed),
             .at = now_iso8601(),
             .totals = report.totals()};
  co_await database.finish(std::move(end));
  if (outcome.ending == RunEnding::signalled) co_return;
  if (outcome.ending == RunEnding::finished)
    outcome.other_mode = co_await database.earlier_run_in_other_mode(report.listed());
  co_await database.drop_old_fetches(config.keep_runs);
}

}  // namespace

Task<RunOutcome> crawl(const Config& config, RunReport& report) {
  ListSource source(config.sources);
  async::SignalWatch signals({SIGINT, SIGTERM, SIGHUP});
  const async::TimePoint started_at = async::EventLoop::current().now();
  RunOutcome outcome;
  co_await async::task_group([&](TaskGroup& group) -> Task<> {
    std::optional<TaskHandle<>> hurry;
    try {
      DatabaseSession session(config.database, run_start(config));
      hurry = group.spawn(hurry_on_signal(signals, session.patience(), outcome), "hurry on a signal");
      co_await async::async_with(std::move(session), [&](DatabaseSession& database) -> Task<> {
        try {
          http::HttpClient http_client(client_options(config));
          co_await async::async_with(std::move(http_client), [&](http::HttpClient& client) -> Task<> {
            Crawl crawl(config, source, signals, database, client, outcome, report);
            co_await crawl.run();
          });
        } catch (const std::exception&) {
          fail(outcome, std::current_exception());
        }
        co_await end_run(config, source, database, outcome, report, started_at);
      });
    } catch (const std::exception&) {
      fail(outcome, std::current_exception());
    }
    if (hurry) hurry->cancel();
  });
  co_return outcome;
}

}  // namespace crawler
