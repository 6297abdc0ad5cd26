// The words that this folder's tests are written in.
//
//   TEST(Task, T03_GivesItsValueToEveryAwaiter) {
//     in_virtual_time([]() -> Task<> {
//       const TaskHandle<int> task = spawn(value(7));
//       const int first = co_await task;
//       EXPECT_EQ(first, 7);
//     });
//   }
//
// Contract: what is awaited is named before it is compared: an EXPECT is an `if`, and g++ 12 may skip one
// whose condition awaits. The codes in the tests' names are those of the list of asyncio's behaviours.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/cancelled.h"
#include "crawler/async/clock.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/wait_list.h"

namespace crawler::async {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Log = std::vector<std::string>;

/// Runs the body as the main task of a loop of its own, and all that it started to the end.
template <class Body>
auto in_virtual_time(Body body) {
  VirtualClock clock;
  EventLoop loop(clock);
  return run(loop, body());
}

/// The reports of errors that nobody asked for, each as "name: error".
template <class Body>
Log reported_in(Body body) {
  Log reported;
  VirtualClock clock;
  EventLoop loop(clock);
  loop.on_unretrieved_error([&](const std::string& name, const std::exception_ptr& error) {
    reported.push_back(name + ": " + describe(error));
  });
  run(loop, body());
  return reported;
}

template <class Body>
auto in_real_time(Body body) {
  return run(body());
}

template <class Body>
auto call(Body body) -> std::invoke_result_t<Body&> {
  co_return co_await body();
}

/// Spawns a lambda, and keeps it as long as its coroutine runs.
template <class Body>
auto start(Body body) {
  return spawn(call(std::move(body)));
}

/// Lets all others run, so many rounds.
inline Task<> tick(int rounds = 1) {
  for (int i = 0; i < rounds; ++i) co_await sleep(0s);
}

inline Task<> forever() {
  WaitList never;
  co_await never.wait("nothing");
}

template <class T>
Task<T> value(T result, int rounds = 1) {
  co_await tick(rounds);
  co_return result;
}

inline Task<> fail(std::string message, int rounds = 1) {
  co_await tick(rounds);
  throw std::runtime_error(message);
}

/// Waits until the task has ended, however it does.
template <class T>
Task<> end_of(TaskHandle<T> task) {
  try {
    co_await task;
  } catch (...) {
    if (!task.is_done()) throw;
  }
}

/// Waits until it is cancelled, and says so.
inline Task<> log_cancel(Log& log, std::string line) {
  try {
    co_await forever();
  } catch (const Cancelled&) {
    log.push_back(line);
    throw;
  }
}

inline TaskState& this_task() { return *EventLoop::current().current_task(); }
inline TimePoint now() { return EventLoop::current().now(); }

inline std::vector<std::string> messages(const ExceptionGroup& group) {
  std::vector<std::string> lines;
  for (const std::exception_ptr& error : group.exceptions()) lines.push_back(describe(error));
  return lines;
}

/// Blocks the loop's thread until its clock has moved on.
inline void hold_up_loop(VirtualClock& clock, Duration duration) { clock.advance_to(clock.now() + duration); }

/// Counts what is alive: a local one in each coroutine tells of leaked frames.
class Counted {
 public:
  Counted() { ++alive; }
  ~Counted() { --alive; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  static inline int alive = 0;
};

}  // namespace crawler::async
