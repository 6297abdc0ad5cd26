// One suspended `co_await`: what a task waits for, and how to let go of it. The base of every awaiter that
// suspends a task until something happens outside it.
//
//   class MyWait final : Waiter {
//     bool await_ready();                                      // true: goes on without a turn of the loop
//     void await_suspend(auto frame) { enlist(*this); suspend(frame); }
//     T await_resume() { throw_if_cancelled(); return …; }     // give back what was granted before it throws
//     void cancel_wait() noexcept override { unlist(*this); wake_cancelled(); }
//   };
//
// Contract: lives in the frame of the coroutine that awaits; loop thread only. wake() is called exactly once
// for each suspend(), and the task is resumed in the loop's next round. A cancellation that arrives between
// the two still throws at await_resume().
#pragma once

#include <concepts>
#include <coroutine>
#include <string_view>

#include "crawler/async/task_state.h"

namespace crawler::async {

class Waiter {
 public:
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  /// For people who look for what hangs: "a permit".
  std::string_view waits_for() const { return waits_for_; }

  /// Stops waiting. Called at most once a suspension, and never after wake().
  virtual void cancel_wait() noexcept = 0;

 protected:
  explicit Waiter(const char* waits_for) : waits_for_(waits_for) {}
  ~Waiter() = default;

  template <std::derived_from<Frame> Promise>
  void suspend(std::coroutine_handle<Promise> frame) {
    task_ = frame.promise().task;
    task_->suspend_on(*this, frame);
  }
  /// Suspends for one round, with nothing to wait for.
  template <std::derived_from<Frame> Promise>
  void yield(std::coroutine_handle<Promise> frame) {
    task_ = frame.promise().task;
    task_->yield(frame);
  }
  void wake() noexcept { task_->wake(); }
  void wake_cancelled() noexcept { task_->wake_cancelled(); }

  /// For await_resume(). Does nothing if the await did not suspend.
  void throw_if_cancelled() {
    if (task_ != nullptr) task_->throw_if_cancelled();
  }
  TaskState* task() const { return task_; }

 private:
  const char* waits_for_;  // a literal
  TaskState* task_ = nullptr;
};

}  // namespace crawler::async
