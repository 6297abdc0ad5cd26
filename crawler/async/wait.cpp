#include "crawler/async/wait.h"

#include <stdexcept>

#include "crawler/async/timeout.h"

namespace crawler::async {
namespace {

bool is_enough(const TaskEnds& ends, WaitUntil until) {
  if (ends.pending() == 0) return true;
  if (until == WaitUntil::first_completed) return !ends.ended().empty();
  return until == WaitUntil::first_exception && ends.has_error();
}

}  // namespace

Task<> wait_for_ends(std::vector<TaskState*> tasks, WaitOptions options) {
  if (tasks.empty()) throw std::invalid_argument("there are no tasks to wait for");
  TaskEnds ends(tasks);
  const auto wait_in_time = [&]() -> Task<> {
    while (!is_enough(ends, options.until)) co_await ends.next();
  };
  try {
    co_await timeout(options.timeout, wait_in_time);
  } catch (const TimedOut&) {
  }
}

}  // namespace crawler::async
