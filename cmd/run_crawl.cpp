#include "cmd/run_crawl.h"

#include <chrono>
#include <iostream>
#include <unistd.h>
#include <utility>

#include "cmd/progress.h"
#include "cmd/summary.h"
#include "crawler/async/async_with.h"
#include "crawler/crawl.h"
#include "crawler/http/proxy_choice.h"
#include "crawler/json_lines.h"
#include "crawler/run_report.h"
#include "crawler/standard_error.h"

namespace cmd {
namespace {

using crawler::async::async_with;
using crawler::async::Task;

// A terminal that was paused, or a pipe that nobody reads, must not keep a run that has ended.
constexpr std::chrono::milliseconds kPatience(500);

bool shows_progress(const Command& command) {
  if (command.is_quiet) return false;
  if (command.progress == ProgressLine::when_terminal) {
    // Lines of JSON would begin behind it, on the same screen.
    const bool is_in_the_way = command.config.streams_pages() && isatty(STDOUT_FILENO) == 1;
    return isatty(STDERR_FILENO) == 1 && !is_in_the_way;
  }
  return command.progress == ProgressLine::always;
}

/// Names are the proxy's to look up, and their addresses are never seen here.
void warn_of_proxy(const crawler::Config& config) {
  const crawler::http::ProxyChoice proxies(config.proxy);
  if (config.private_network == crawler::PrivateNetwork::allow || !proxies.has_any()) return;
  std::cerr << "crawl: a proxy makes the connections: --private-network holds only for addresses in URLs\n";
}

}  // namespace

Task<int> run_crawl(const Command& command) {
  const crawler::Config& config = command.config;
  if (!command.is_quiet) warn_of_proxy(config);
  crawler::RunReport report;
  Progress progress(report, shows_progress(command));
  crawler::JsonLines lines(STDOUT_FILENO, config.keep.links);
  const crawler::RunOutcome outcome = co_await async_with(std::move(progress), [&](Progress&) {
    return config.streams_pages() ? crawler::crawl(config, report, lines) : crawler::crawl(config, report);
  });
  const int code = outcome.exit_code(report, config.max_failed);
  const bool has_begun = outcome.failure.empty() || report.ended > 0;
  if (!command.is_quiet && has_begun)
    crawler::print_in_time(summary(config, outcome, report), kPatience);
  else if (code != 0)
    crawler::print_in_time(short_summary(config, outcome, report), kPatience);
  co_return code;
}

}  // namespace cmd
