// Waits for some or all of several tasks, and leaves them alone.
//
//   const Waited<Page> waited = co_await wait(fetches, {.until = WaitUntil::first_completed, .timeout = 2s});
//   for (const TaskHandle<Page>& fetch : waited.done) show(fetch.result());
//   for (const TaskHandle<Page>& fetch : waited.pending) fetch.cancel();
//
// Contract: never throws what a task threw. Neither the timeout nor a cancellation of the wait cancels a
// task; the timeout is no error. A task that was cancelled is no exception. Without tasks it throws
// std::invalid_argument. Source: https://docs.python.org/3/library/asyncio-task.html#asyncio.wait
#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "crawler/async/clock.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/task_ends.h"

namespace crawler::async {

enum class WaitUntil { all, first_completed, first_exception };

struct WaitOptions {
  WaitUntil until = WaitUntil::all;
  std::optional<Duration> timeout = std::nullopt;
};
// g++ 12 destroys an aggregate twice that is a temporary in an expression with an await.
static_assert(std::is_trivially_destructible_v<WaitOptions>);

/// Each in the order given. It has a constructor for the sake of g++ 12, as above.
template <class T>
struct Waited {
  explicit Waited(const std::vector<TaskHandle<T>>& tasks) {
    for (const TaskHandle<T>& task : tasks) (task.is_done() ? done : pending).push_back(task);
  }
  std::vector<TaskHandle<T>> done;
  std::vector<TaskHandle<T>> pending;
};

Task<> wait_for_ends(std::vector<TaskState*> tasks, WaitOptions options);

template <class T>
Task<Waited<T>> wait(std::vector<TaskHandle<T>> tasks, WaitOptions options = {}) {
  co_await wait_for_ends(states_of(tasks), options);
  co_return Waited<T>(tasks);
}

}  // namespace crawler::async
