#include "crawler/async/gather.h"

#include "crawler/async/cancelled.h"
#include "crawler/async/event_loop.h"

namespace crawler::async {

Task<> wait_for_gathered(std::vector<TaskState*> tasks, GatherUntil until) {
  for (TaskState* task : tasks) task->retrieve_error();  // thrown here, or dropped
  TaskEnds ends(tasks);
  std::exception_ptr cancellation;
  bool cancellation_wins = until == GatherUntil::all_ended;
  while (ends.pending() > 0) {
    if (until == GatherUntil::first_failure && ends.first_failed() != nullptr && !cancellation) break;
    try {
      co_await ends.next();
    } catch (const Cancelled& cancelled) {
      // It wins over a failure that came before it, and gives way to what the tasks make of it.
      if (!cancellation && ends.first_failed() != nullptr) cancellation_wins = true;
      cancellation = std::current_exception();
      TaskState& self = *EventLoop::current().current_task();
      for (TaskState* task : tasks) self.cancel_child(*task, cancelled.message);
    }
  }
  if (cancellation && cancellation_wins) std::rethrow_exception(cancellation);
  if (until == GatherUntil::first_failure && ends.first_failed() != nullptr)
    ends.first_failed()->throw_failure();
  if (cancellation) std::rethrow_exception(cancellation);
}

}  // namespace crawler::async
