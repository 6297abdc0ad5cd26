// Gives tasks in the order in which they end.
//
//   AsyncGenerator<TaskHandle<Page>> ended = as_completed(fetches, 10s);
//   while (const auto fetch = co_await ended.next()) show(co_await *fetch);
//
// Contract: each task is given once, ended; awaiting it throws what it threw. When the time, counted from the
// first next(), is over, next() throws TimedOut in place of a task that has not ended; what is pending goes
// on. May be left at any time. Source:
// https://docs.python.org/3/library/asyncio-task.html#asyncio.as_completed
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "crawler/async/async_generator.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task_ends.h"
#include "crawler/async/timeout.h"

namespace crawler::async {

template <class T>
AsyncGenerator<TaskHandle<T>> as_completed(std::vector<TaskHandle<T>> tasks,
                                           std::optional<Duration> limit = std::nullopt) {
  TaskEnds ends(states_of(tasks));
  std::optional<TimePoint> deadline;
  if (limit) deadline = EventLoop::current().time_after(*limit);
  for (std::size_t given = 0; given < tasks.size(); ++given) {
    const auto wait_for_next = [&](Timeout& time) -> Task<> {
      time.reschedule(deadline);
      while (ends.ended().size() <= given) co_await ends.next();
    };
    if (ends.ended().size() <= given) co_await timeout(std::nullopt, wait_for_next);
    co_yield TaskHandle<T>(static_cast<SpawnedTask<T>&>(*ends.ended()[given]));
  }
}

}  // namespace crawler::async
