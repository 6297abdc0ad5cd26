// Awaits a task for a bounded time.
//
//   const Page page = co_await wait_for(fetch(url), 30s);      // throws TimedOut
//   co_await wait_for(shield(handle), 1s);                     // stops waiting, and leaves the task alone
//
// Contract: at the deadline the task is cancelled, and TimedOut is thrown once it has ended, unless it gives
// a value or another error all the same. With no time at all a Task never starts; a task that has ended gives
// its result. What a handle's task gives is copied. A cancellation from outside cancels the task and stays
// one. For more than one await see timeout.h. Source:
// https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "crawler/async/clock.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/task_ends.h"
#include "crawler/async/timeout.h"

namespace crawler::async {

template <class T>
Task<T> wait_for(Task<T> task, Duration limit) {
  if (limit <= Duration::zero()) throw TimedOut();
  co_return co_await timeout(limit, [&] { return std::move(task); });
}

template <class T>
requires std::copy_constructible<ValueOf<T>> Task<T> wait_for(TaskHandle<T> task, Duration limit) {
  if (task.is_done() || limit > Duration::zero()) {
    co_await timeout(limit, [&]() -> Task<> { co_await task; });
  } else {
    task.cancel();
    co_await wait_for_end(task.task());
    if (task.was_cancelled()) throw TimedOut();
  }
  const auto& value = task.result();
  if constexpr (!std::is_void_v<T>) co_return value;
}

}  // namespace crawler::async
