// Runs a program's main coroutine (asyncio.run).
//
//   const int code = run(main_task());
//   const int code = run(loop, main_task());   // on a loop of one's own: a test's, with a VirtualClock
//
// Contract: gives what main returned or throws what it threw (Cancelled too), after all other tasks were
// cancelled and have ended and the loop's threads were joined. Not from within a running loop.
#pragma once

#include <type_traits>
#include <utility>

#include "crawler/async/event_loop.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"

namespace crawler::async {

template <class T>
T run(EventLoop& loop, Task<T> main) {
  const EventLoop::Scope scope(loop);
  const TaskHandle<T> handle = spawn(std::move(main), "main");
  loop.run_until_done(handle.task());
  auto& value = handle.task().value();
  if constexpr (!std::is_void_v<T>) return std::move(value);
}

template <class T>
T run(Task<T> main) {
  EventLoop loop;
  return run(loop, std::move(main));
}

}  // namespace crawler::async
