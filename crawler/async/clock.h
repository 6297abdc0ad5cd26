// Where the loop's time comes from: the monotonic clock, or one that a test moves.
//
//   VirtualClock clock;
//   EventLoop loop(clock);
//   run(loop, a_week_of_work());   // takes milliseconds: the loop jumps to the next deadline
//
// Contract: time never goes back. A VirtualClock outlives its loop.
#pragma once

#include <chrono>
#include <time.h>

namespace crawler::async {

using TimePoint = std::chrono::steady_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

class Clock {
 public:
  virtual TimePoint now() const noexcept = 0;
  /// The same, some milliseconds late at most, for a fifth of the price.
  virtual TimePoint coarse_now() const noexcept = 0;

 protected:
  Clock() = default;
  ~Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
};

class MonotonicClock final : public Clock {
 public:
  TimePoint now() const noexcept override { return std::chrono::steady_clock::now(); }
  TimePoint coarse_now() const noexcept override {
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return TimePoint(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
  }
};

class VirtualClock final : public Clock {
 public:
  TimePoint now() const noexcept override { return now_; }
  TimePoint coarse_now() const noexcept override { return now_; }
  void advance_to(TimePoint when) noexcept {
    if (when > now_) now_ = when;
  }

 private:
  TimePoint now_{};
};

}  // namespace crawler::async
