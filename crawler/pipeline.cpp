#include "crawler/pipeline.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crawler/async/async_generator.h"
#include "crawler/async/cancelled.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/sleep.h"
#include "crawler/database_session.h"
#include "crawler/follow_feed.h"
#include "crawler/list_feed.h"
#include "crawler/origin_robots.h"
#include "crawler/wall_clock.h"
#include "parse/robots.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using async::TaskHandle;

// A host's URLs are often listed one after the other, and must not keep the others from being seen.
constexpr std::size_t kUrlsReadAhead = 20'000;

// One may have 500 KiB, and is read on the loop.
constexpr std::size_t kRobotsAtOnce = 16;

struct ShutDown {
  void operator()(async::Queue<Record>* queue) const { queue->shutdown(); }
};

/// One at a time is one of all: the next is not begun before it has ended.
Schedule::Bounds schedule_bounds(const Config& config) {
  Schedule::Bounds bounds;
  bounds.turns = config.transfers_at_once();
  bounds.urls = config.is_sequential ? 1 : kUrlsReadAhead + 2 * config.concurrency;
  return bounds;
}

Politeness politeness(const Config& config, bool is_resumed) {
  return {.robots = config.robots,
          .takes_sitemaps = config.following && config.following->takes_sitemaps,
          .product_token = std::string(parse::product_token(config.user_agent)),
          .per_host = config.per_host,
          .delay = config.delay,
          .is_resumed = is_resumed};
}

std::unique_ptr<Feed> make_feed(Feed::Parts parts, bool is_resumed) {
  if (parts.config.following) return std::make_unique<FollowFeed>(std::move(parts));
  return std::make_unique<ListFeed>(std::move(parts), is_resumed);
}

/// What its feed wants to know of a batch.
Committed committed(const Commit& commit) {
  Committed what;
  for (const storage::PageOutcome& page : commit.rows.pages) what.pages.push_back(page.url);
  for (const Finding& finding : commit.findings) {
    if (!finding.claim || !finding.is_done) continue;
    ++what.claims;
    if (finding.skipped || finding.purpose != Purpose::page) ++what.skipped;
  }
  return what;
}

}  // namespace

Pipeline::Pipeline(const Config& config, ListSource& source, bool is_resumed, async::SignalWatch& signals,
                   PageSink& sink, http::HttpClient& client, RunOutcome& outcome, RunReport& report)
    : config_(config),
      signals_(signals),
      sink_(sink),
      outcome_(outcome),
      report_(report),
      schedule_(client, schedule_bounds(config), politeness(config, is_resumed)),
      visits_(config, client, schedule_, records_, report, [this] { note_failure(); }),
      feed_(make_feed({.config = config,
                       .source = source,
                       .sink = sink,
                       .schedule = schedule_,
                       .visits = visits_,
                       .outcome = outcome,
                       .report = report,
                       .note_failure = [this] { note_failure(); }},
                      is_resumed)) {}

Task<> Pipeline::run() {
  co_await async::task_group([this](TaskGroup& group) -> Task<> {
    fetching_ = group.spawn(fetch(), "fetch");
    const TaskHandle<> signal_watch = group.spawn(stop_on_signal(), "watch for signals");
    const TaskHandle<> time_watch = group.spawn(stop_in_time(), "watch the time limit");
    co_await write_records();
    signal_watch.cancel();
    time_watch.cancel();
    if (fetch_error_) std::rethrow_exception(fetch_error_);
  });
}

Task<> Pipeline::fetch() {
  const std::unique_ptr<async::Queue<Record>, ShutDown> at_end(&records_);
  try {
    co_await async::task_group([this](TaskGroup& group) -> Task<> {
      group.spawn(feed_->run(), "feed the schedule");
      const TaskHandle<> robots = group.spawn(load_robots(), "look up robots.txt");
      co_await visits_.run();
      robots.cancel();
    });
  } catch (const async::ExceptionGroup&) {
    // Not thrown before all that was finished is written: it would cancel the writer.
    fetch_error_ = std::current_exception();
  } catch (const async::Cancelled&) {
    visits_.end_cancelled();
    throw;
  }
}

Task<> Pipeline::load_robots() {
  for (;;) {
    std::vector<std::string> wanted = co_await schedule_.wanted_robots();
    while (!wanted.empty()) {
      const auto some = wanted.end() - static_cast<std::ptrdiff_t>(std::min(wanted.size(), kRobotsAtOnce));
      std::vector<std::string> origins(std::make_move_iterator(some), std::make_move_iterator(wanted.end()));
      wanted.erase(some, wanted.end());
      co_await load_robots_of(std::move(origins));
    }
  }
}

/// What the database has of them need not be asked for.
Task<> Pipeline::load_robots_of(std::vector<std::string> origins) {
  const bool takes_sitemaps = config_.following && config_.following->takes_sitemaps;
  std::vector<storage::RobotsRow> rows;
  if (DatabaseSession* database = sink_.database()) rows = co_await database->find_robots(origins);
  for (const storage::RobotsRow& row : rows) {
    if (!is_current(row, now_in_seconds())) continue;
    schedule_.set_robots(row);
    std::erase(origins, row.origin);
    if (!takes_sitemaps) continue;
    Finding sitemaps = sitemaps_in(row);
    co_await visits_.record(std::move(sitemaps));
  }
  for (const std::string& origin : origins) schedule_.fetch_robots(origin);
}

Task<> Pipeline::write_records() {
  async::AsyncGenerator<RecordBatch> batches = batch_records(
      records_, {.max_age = sink_.max_batch_age(), .is_awaited = [this] { return is_running_low(); }});
  // What an earlier run of the job has left waits already, whenever this one is stopped.
  if (config_.following) {
    Commit nothing;
    FrontierState before = co_await sink_.commit(std::move(nothing));
    note_state(std::move(before));
  }
  while (auto batch = co_await batches.next()) {
    Commit commit = batch->take();
    const Committed what = committed(commit);
    FrontierState state = co_await sink_.commit(std::move(commit));
    note_state(std::move(state));
    feed_->note_commit(what);
  }
}

void Pipeline::note_state(FrontierState state) {
  report_.waiting = state.waiting;
  report_.known = state.known;
  report_.left_alone = std::move(state.skips);
}

/// Whether there may be more to fetch in what is not written yet.
bool Pipeline::is_running_low() const {
  return config_.following && schedule_.urls() < config_.transfers_at_once();
}

Task<> Pipeline::stop_on_signal() {
  outcome_.signal = co_await signals_.next();
  stop(RunEnding::signalled);
}

Task<> Pipeline::stop_in_time() {
  if (!config_.time_limit) co_return;
  co_await async::sleep(*config_.time_limit);
  if (!fetching_->is_done()) stop(RunEnding::limited);  // else no work is left but the writing
}

void Pipeline::note_failure() {
  if (config_.fails_fast) stop(RunEnding::failed_fast);
}

/// Aborts the transfers; what was finished is still written. The first reason counts, but for a signal,
/// which says more than any. With --max-pages reached the rest still runs to its end, or to a stop.
void Pipeline::stop(RunEnding why) {
  if (is_stopping_ && why != RunEnding::signalled) return;
  is_stopping_ = true;
  feed_->note_stop();
  outcome_.ending = why;
  if (why != RunEnding::signalled) sink_.expect_end();
  fetching_->cancel();
}

}  // namespace crawler
