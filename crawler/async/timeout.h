// Bounds the time of whatever is awaited in a scope.
//
//   try {
//     const Page page = co_await timeout(30s, [&] { return fetch(url); });
//     co_await timeout(30s, [&](Timeout& limit) -> Task<> { …; limit.reschedule(later); … });
//   } catch (const TimedOut&) { … }
//
// Contract: at the deadline the running task is cancelled; where that Cancelled leaves the scope, TimedOut is
// thrown in its place, after all clean-up. A cancellation from outside stays one. What else the body throws
// passes as it is. A body that ends late without another await has not timed out. May be nested: the one that
// is due first expires. Source: https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout
#pragma once

#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/task.h"
#include "crawler/async/timer.h"

namespace crawler::async {

class TimedOut : public std::runtime_error {
 public:
  TimedOut() : std::runtime_error("timed out") {}
};

class Timeout;

/// The body may do without the Timeout.
template <class Body>
auto start_body(Body& body, Timeout& limit) {
  if constexpr (std::is_invocable_v<Body&, Timeout&>)
    return body(limit);
  else
    return body();
}
template <class Body>
using BodyTask = decltype(start_body(std::declval<Body&>(), std::declval<Timeout&>()));

class Timeout final : private Timer {
 public:
  /// No deadline: never expires.
  void reschedule(std::optional<TimePoint> when);
  std::optional<TimePoint> when() const { return when_; }
  bool has_expired() const { return has_expired_; }

 private:
  template <class Body>
  friend auto timeout(std::optional<Duration> after, Body body) -> BodyTask<Body>;

  Timeout(TaskState& task, std::optional<Duration> after);
  void fire() noexcept override;
  /// Called when the body has left by Cancelled: whether that was our doing, and ours alone.
  bool takes_cancellation();
  void end();

  TaskState& task_;
  int cancelling_before_;
  std::optional<TimePoint> when_;
  bool has_expired_ = false;
  bool has_ended_ = false;
};

template <class Body>
auto timeout(std::optional<Duration> after, Body body) -> BodyTask<Body> {
  Timeout limit(*EventLoop::current().current_task(), after);
  std::exception_ptr error;
  try {
    if constexpr (std::is_same_v<BodyTask<Body>, Task<>>) {
      co_await start_body(body, limit);
      limit.end();
      co_return;
    } else {
      auto value = co_await start_body(body, limit);
      limit.end();
      co_return value;
    }
  } catch (const Cancelled&) {
    error = std::current_exception();
  } catch (...) {
    limit.end();
    throw;
  }
  if (limit.takes_cancellation()) throw TimedOut();
  std::rethrow_exception(error);
}

}  // namespace crawler::async
