// The program: reads the command line, runs what it asks for, and turns how that ended into the exit code.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fcntl.h>
#include <iostream>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cmd/allocator.h"
#include "cmd/demo.h"
#include "cmd/export.h"
#include "cmd/export_pages.h"
#include "cmd/get.h"
#include "cmd/options.h"
#include "cmd/run_crawl.h"
#include "cmd/watch_tasks.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/run.h"
#include "crawler/async/task.h"
#include "crawler/async/task_monitor.h"
#include "crawler/list_source.h"
#include "crawler/metrics.h"

namespace {

// What the process opens besides its connections: the database, the loop, the standard streams, name
// look-ups.
constexpr rlim_t kOtherDescriptors = 32;
// Idle connections may be as many again; of so many descriptors that is no longer likely, and what finds none
// waits for one.
constexpr rlim_t kMany = 4096;

rlim_t most_transfers(rlim_t descriptors) {
  constexpr rlim_t more_than_anybody_needs = 1'000'000;
  descriptors = std::min(descriptors, more_than_anybody_needs);
  const rlim_t left = descriptors - std::min(descriptors, kOtherDescriptors);
  // Of fifty, one is for what a multi has besides its connections.
  return std::max<rlim_t>(left * 49 / (descriptors < kMany ? 100 : 50), 1);
}

/// Raises the limit of descriptors as far as may be, and lowers the concurrency to what it allows.
void fit_concurrency(cmd::Command& command) {
  crawler::Config& config = command.config;
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t most = most_transfers(limit.rlim_cur);
  config.connections = std::min<std::size_t>(config.connections, most);
  if (config.concurrency <= most) return;
  if (!command.is_quiet)
    std::cerr << "crawl: " << limit.rlim_cur << " descriptors are allowed here: concurrency lowered from "
              << config.concurrency << " to " << most << " (see ulimit -n)\n";
  config.concurrency = most;
}

/// A standard stream that is closed would leave its number to a socket or a file, and what is printed would
/// go there. Opened the wrong way round, it fails when it is used, as if it were still closed.
void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/// A page that is still read when its run is stopped may take seconds more, and cannot be interrupted. Nobody
/// wants what comes of it, and what is to be kept is written and closed by now.
void leave_busy_threads(int code) {
  if (!crawler::async::EventLoop::current().has_busy_threads()) return;
  std::cout.flush();
  std::_Exit(code);
}

crawler::async::Task<int> perform(const cmd::Command& command) {
  const crawler::async::TaskMonitor monitor = cmd::watch_tasks(command.is_verbose);
  if (command.action == cmd::Action::demo) co_return co_await cmd::run_demo(command);
  int code = 0;
  if (command.action == cmd::Action::get)
    code = co_await cmd::get_page(command);
  else
    code = co_await cmd::run_crawl(command);
  leave_busy_threads(code);
  co_return code;
}

int end_with(int code, const std::exception& error) {
  std::cerr << "crawl: " << error.what() << '\n';
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  cmd::return_memory_soon();
  // A closed pipe and a file-size limit are errors where they happen, not the end of the process.
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  // Who asks what goes on, a moment too early or too late, does not mean to end it.
  signal(SIGUSR1, SIG_IGN);
  hold_standard_streams();
  auto command = cmd::read_command(argc, argv);
  if (!command) return command.error();
  try {
    if (command->action == cmd::Action::export_pages) return cmd::run_export(command->export_options);
    fit_concurrency(*command);
    return crawler::async::run(perform(*command));
  } catch (const crawler::BadSource& error) {
    return end_with(2, error);
  } catch (const crawler::BadMetricsFile& error) {
    return end_with(2, error);
  } catch (const cmd::BadExport& error) {
    return end_with(2, error);
  } catch (const std::exception& error) {
    return end_with(3, error);
  }
}
