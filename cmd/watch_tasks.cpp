#include "cmd/watch_tasks.h"

#include <chrono>
#include <string>
#include <string_view>
#include <unistd.h>

#include "crawler/standard_error.h"

namespace cmd {
namespace {

using std::chrono_literals::operator""ms;

// A line for each of thousands of tasks does not go into a pipe at once.
constexpr std::chrono::milliseconds kPatience = 500ms;

void tell(std::string_view report) {
  // The progress line may stand there.
  std::string text(isatty(STDERR_FILENO) == 1 ? crawler::kWipeLine : "");
  text += "crawl: ";
  text += report;
  crawler::print_in_time(text, kPatience);
}

}  // namespace

crawler::async::TaskMonitor watch_tasks(bool tells_long_steps) {
  return {{.signal = SIGUSR1, .patience = 100ms, .tells_long_steps = tells_long_steps}, &tell};
}

}  // namespace cmd
