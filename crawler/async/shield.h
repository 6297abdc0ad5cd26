// Awaits a task without passing a cancellation on to it.
//
//   co_await shield(commit);                 // of a TaskHandle: cancelled, it throws; the commit goes on
//   co_await wait_for(shield(commit), 1s);
//
// Contract: gives what the task gives, copied from a handle, moved from a Task (which is spawned), and throws
// what it throws, Cancelled if the task itself is cancelled. Who is cancelled and still needs the task keeps
// a handle. What the task refers to must outlive it, not only the await. Source:
// https://docs.python.org/3/library/asyncio-task.html#asyncio.shield
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/task_ends.h"

namespace crawler::async {

template <class T>
requires std::copy_constructible<ValueOf<T>> Task<T> shield(TaskHandle<T> task) {
  co_await wait_for_end(task.task());
  const auto& value = task.result();
  if constexpr (!std::is_void_v<T>) co_return value;
}

template <class T>
Task<T> shield(Task<T> task) {
  const TaskHandle<T> spawned = spawn(std::move(task));
  co_await wait_for_end(spawned.task());
  auto& value = spawned.task().value();
  if constexpr (!std::is_void_v<T>) co_return std::move(value);
}

}  // namespace crawler::async
