#include "crawler/crawl.h"

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <signal.h>
#include <string>
#include <utility>

#include "crawler/async/async_with.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/signals.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task_group.h"
#include "crawler/database_session.h"
#include "crawler/http/http_client.h"
#include "crawler/list_source.h"
#include "crawler/metrics.h"
#include "crawler/pipeline.h"
#include "crawler/resource_usage.h"
#include "crawler/run_lock.h"
#include "crawler/stored_text.h"
#include "crawler/wall_clock.h"
#include "parse/digest.h"
#include "storage/patience.h"
#include "storage/run_store.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using async::TaskHandle;
using std::chrono_literals::operator""ms;

// Who sends a signal has the process back within 2 s, and so nobody else's lock is waited for longer than
// this.
constexpr std::chrono::milliseconds kPatienceAfterSignal = 1000ms;

// Who gives a limit of time has the process back within a second of it; some of that goes to count what is
// left.
constexpr std::chrono::milliseconds kPatienceAfterLimit = 750ms;

/// One line an option, so that no two sets of them read alike.
std::string scope_options(const Following& following) {
  std::string options = "\nscope " + std::to_string(static_cast<int>(following.scope));
  if (following.max_depth) options += "\ndepth " + std::to_string(*following.max_depth);
  for (const std::string& expression : following.include) options += "\ninclude " + expression;
  for (const std::string& expression : following.exclude) options += "\nexclude " + expression;
  if (following.takes_sitemaps) options += "\nsitemaps";
  if (following.honours_nofollow) options += "\nnofollow";
  return options;
}

/// The sources and what decides which of their URLs are fetched: a job is resumed where this is the same.
std::string source_digest(const Config& config) {
  std::string description = config.following ? "follow" : "list";
  for (const std::string& source : config.sources) {
    std::error_code error;
    const bool is_file = std::filesystem::exists(source, error);
    description +=
        '\n' + (is_file ? std::filesystem::absolute(source, error).lexically_normal().string() : source);
  }
  if (config.following) description += scope_options(*config.following);
  return parse::sha256_hex(description);
}

storage::RunStart run_start(const Config& config) {
  return {.started_at = now_iso8601(),
          .mode = config.is_sequential ? storage::Mode::sequential : storage::Mode::concurrent,
          .concurrency = static_cast<int>(config.transfers_at_once()),
          .args = stored_text(config.arguments),
          .source_digest = source_digest(config),
          .resume = config.resumes};
}

http::ClientOptions client_options(const Config& config) {
  http::ClientOptions options;
  options.concurrency = config.transfers_at_once();
  options.connections = config.connections;
  options.connect_timeout = config.connect_timeout;
  options.max_body = config.max_body;
  options.user_agent = config.user_agent;
  options.headers = config.headers;
  options.cookies = config.cookies;
  options.cacert = config.cacert;
  options.insecure = config.is_insecure;
  options.http1 = config.is_http1_only;
  options.proxy = config.proxy;
  options.dns_servers = config.dns_servers;
  return options;
}

/// From before the database is opened until it is closed.
Task<> hurry_on_signal(async::SignalWatch& signals, std::shared_ptr<storage::Patience> patience,
                       RunOutcome& outcome) {
  outcome.signal = co_await signals.next();
  patience->end_in(kPatienceAfterSignal);
}

/// The same at the end of --time-limit, which counts from here: the database may be locked already.
Task<> hurry_in_time(std::optional<std::chrono::milliseconds> limit,
                     std::shared_ptr<storage::Patience> patience) {
  if (!limit) co_return;
  co_await async::sleep(*limit);
  patience->end_in(kPatienceAfterLimit);
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

/// One run, from its lock to its own row; or the same into a sink that the caller has opened.
class Run {
 public:
  Run(const Config& config, RunReport& report)
      : config_(config),
        report_(report),
        source_(config.sources, config.ignores_tracking),
        signals_({SIGINT, SIGTERM, SIGHUP}) {}

  Task<RunOutcome> run() {
    try {
      RunLock lock(config_.database);
      co_await async::async_with(std::move(lock), [this](RunLock&) {
        return keep_metrics([this](TaskGroup& group) { return open_database(group); });
      });
    } catch (const BadMetricsFile&) {
      throw;  // there was no run to have an outcome, as with a bad source
    } catch (const std::exception&) {
      fail(outcome_, std::current_exception());
    }
    co_return std::move(outcome_);
  }

  Task<RunOutcome> run_into(PageSink& sink) {
    co_await keep_metrics([&](TaskGroup& group) { return stream(group, sink); });
    co_return std::move(outcome_);
  }

 private:
  Task<> keep_metrics(std::function<Task<>(TaskGroup&)> body) {
    Metrics metrics(config_, report_, outcome_);
    co_await async::async_with(std::move(metrics),
                               [&body](Metrics&) { return async::task_group(std::move(body)); });
  }

  /// What fails from here on is caught within the metrics, which tell of it.
  Task<> open_database(TaskGroup& group) {
    DatabaseSession session(config_.database, run_start(config_), config_.following,
                            config_.ignores_tracking);
    const TaskHandle<> hurry =
        group.spawn(hurry_on_signal(signals_, session.patience(), outcome_), "hurry on a signal");
    const TaskHandle<> hurry_at_limit =
        group.spawn(hurry_in_time(config_.time_limit, session.patience()), "hurry at the time limit");
    try {
      co_await async::async_with(std::move(session),
                                 [this](DatabaseSession& database) { return fill(database); });
    } catch (const std::exception&) {
      fail(outcome_, std::current_exception());
    }
    hurry.cancel();
    hurry_at_limit.cancel();
  }

  Task<> stream(TaskGroup& group, PageSink& sink) {
    const TaskHandle<> hurry =
        group.spawn(hurry_on_signal(signals_, sink.patience(), outcome_), "hurry on a signal");
    if (config_.following) {
      DatabaseSession frontier(DatabaseSession::kTemporary, run_start(config_), config_.following,
                               config_.ignores_tracking);
      co_await async::async_with(std::move(frontier), [&](DatabaseSession& session) {
        sink.use_database(session);
        return fetch_into(sink, false);
      });
    } else {
      co_await fetch_into(sink, false);
    }
    sum_up();
    hurry.cancel();
  }

  Task<> fill(DatabaseSession& database) {
    co_await fetch_into(database, database.run().resumed_from.has_value());
    sum_up();
    co_await end(database);
  }

  Task<> fetch_into(PageSink& sink, bool is_resumed) {
    try {
      http::HttpClient http_client(client_options(config_));
      co_await async::async_with(std::move(http_client), [&](http::HttpClient& client) -> Task<> {
        Pipeline pipeline(config_, source_, is_resumed, signals_, sink, client, outcome_, report_);
        co_await pipeline.run();
      });
    } catch (const std::exception&) {
      fail(outcome_, std::current_exception());
    }
  }

  void sum_up() {
    report_.left +=
        config_.following ? report_.waiting - report_.cancelled : report_.admitted - report_.ended;
    if (outcome_.ending != RunEnding::finished) report_.left += source_.count_rest(500ms);
    const ResourceUsage usage = resource_usage();
    report_.wall = std::chrono::duration_cast<std::chrono::milliseconds>(async::EventLoop::current().now() -
                                                                         started_at_);
    report_.cpu = usage.cpu;
    report_.peak_rss_kb = usage.peak_rss_kb;
  }

  /// Writes the run's own row, last of all.
  Task<> end(DatabaseSession& database) {
    RunEnd end{.state = outcome_.state(),
               .exit_code = outcome_.exit_code(report_, config_.max_failed),
               .at = now_iso8601(),
               .totals = report_.totals(),
               .skipped = report_.skipped_rows()};
    co_await database.finish(std::move(end));
    if (outcome_.ending == RunEnding::signalled) co_return;
    if (outcome_.ending == RunEnding::finished)
      outcome_.other_mode = co_await database.earlier_run_in_other_mode(report_.listed());
    co_await database.drop_old_fetches(config_.keep_runs);
  }

  const Config& config_;
  RunReport& report_;
  ListSource source_;
  async::SignalWatch signals_;
  const async::TimePoint started_at_ = async::EventLoop::current().now();
  RunOutcome outcome_;
};

}  // namespace

Task<RunOutcome> crawl(const Config& config, RunReport& report) {
  Run run(config, report);
  co_return co_await run.run();
}

Task<RunOutcome> crawl(const Config& config, RunReport& report, PageSink& sink) {
  Run run(config, report);
  co_return co_await run.run_into(sink);
}

}  // namespace crawler
