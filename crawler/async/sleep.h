// Lets other tasks run, for a time or for one round of the loop.
//
//   co_await sleep(250ms);
//   co_await sleep(0s);        // one round
//
// Contract: never shorter than asked; cancellable.
#pragma once

#include <coroutine>

#include "crawler/async/event_loop.h"
#include "crawler/async/timer.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

class Sleep final : public Waiter, private Timer {
 public:
  explicit Sleep(Duration duration) : Waiter("a time"), duration_(duration) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) {
    TaskState& task = *frame.promise().task;
    if (duration_ > Duration::zero()) {
      task.loop().timers().arm(*this, task.loop().time_after(duration_));
      suspend(frame);
    } else {
      yield(frame);
    }
  }
  void await_resume() { throw_if_cancelled(); }

 private:
  void fire() noexcept override { wake(); }
  void cancel_wait() noexcept override {
    if (is_armed()) task()->loop().timers().disarm(*this);
    wake_cancelled();
  }

  Duration duration_;
};

inline Sleep sleep(Duration duration) { return Sleep(duration); }

}  // namespace crawler::async
