#include "cmd/watch_tasks.h"

#include <chrono>

#include "crawler/standard_error.h"

namespace cmd {

using std::chrono_literals::operator""ms;

crawler::async::TaskMonitor watch_tasks(bool tells_long_steps) {
  return {{.signal = SIGUSR1, .patience = 100ms, .tells_long_steps = tells_long_steps}, &crawler::tell};
}

}  // namespace cmd
