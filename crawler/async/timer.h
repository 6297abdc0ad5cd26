// Things that are due at a time, the earliest first.
//
//   class Alarm final : public Timer { void fire() noexcept override { ring(); } };
//   loop.timers().arm(alarm, loop.now() + 5s);
//   loop.timers().disarm(alarm);    // also when it is not armed
//
// Contract: loop thread only. A timer fires once, never before its time (the monotonic clock is asked:
// libevent's own timers can be early), those of one time in the order they were armed. It disarms itself when
// destroyed, and may be armed again from fire(). Arming and disarming are O(log n).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "crawler/async/clock.h"

namespace crawler::async {

class TimerHeap;

class Timer {
 public:
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  bool is_armed() const { return heap_ != nullptr; }

  virtual void fire() noexcept = 0;

 protected:
  Timer() = default;
  ~Timer();

 private:
  friend class TimerHeap;
  TimerHeap* heap_ = nullptr;
  std::size_t place_ = 0;
};

class TimerHeap {
 public:
  void arm(Timer& timer, TimePoint when);
  void disarm(Timer& timer) noexcept;
  std::optional<TimePoint> earliest() const;
  /// Fires what is due at `now`. A timer armed meanwhile for a time already past fires at the next call.
  void fire_due(TimePoint now);

 private:
  struct Entry {
    TimePoint when;
    std::uint64_t order;
    Timer* timer;
    bool operator<(const Entry& other) const {
      return when != other.when ? when < other.when : order < other.order;
    }
  };
  void put(std::size_t place, const Entry& entry);
  void sift_up(std::size_t place, const Entry& entry);
  void sift_down(std::size_t place, const Entry& entry);

  std::vector<Entry> entries_;  // a binary heap
  std::uint64_t next_order_ = 0;
  TimePoint fired_until_{};
};

inline Timer::~Timer() {
  if (heap_ != nullptr) heap_->disarm(*this);
}

}  // namespace crawler::async
