// A coroutine that starts when it is awaited (asyncio: a coroutine object).
//
//   Task<int> twice(int n) { co_await sleep(1s); co_return 2 * n; }
//   Task<> print() { std::cout << co_await twice(21); }
//   run(print());
//
// Contract: lazy, move-only, awaited at most once, as an rvalue. It runs as part of the task that awaits it:
// no turn of the loop passes at the start or at the end, and a cancellation of that task is thrown at its
// innermost await. An exception that leaves the body is thrown to the awaiter. Destroying one that was never
// awaited runs nothing. A lambda that is a coroutine must outlive its Task: its captures are not copied into
// the frame.
#pragma once

#include <coroutine>
#include <exception>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

#include "crawler/async/task_state.h"

namespace crawler::async {

/// void, as a value.
using Unit = std::monostate;
template <class T>
using ValueOf = std::conditional_t<std::is_void_v<T>, Unit, T>;

/// The result of something that has not ended was asked for, or it was to end twice.
class InvalidState : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// A value, an exception, or nothing yet.
template <class T>
class Outcome {
 public:
  template <class U>
  void set_value(U&& value) {
    outcome_.template emplace<1>(std::forward<U>(value));
  }
  void set_error(std::exception_ptr error) { outcome_.template emplace<2>(std::move(error)); }
  bool is_set() const { return outcome_.index() != 0; }
  const std::exception_ptr* error() const { return std::get_if<2>(&outcome_); }
  ValueOf<T>& value() { return std::get<1>(outcome_); }
  const ValueOf<T>& value() const { return std::get<1>(outcome_); }

  T take() {
    if (error() != nullptr) std::rethrow_exception(*error());
    if constexpr (!std::is_void_v<T>) return std::move(value());
  }

 private:
  std::variant<std::monostate, ValueOf<T>, std::exception_ptr> outcome_;
};

template <class T = void>
class [[nodiscard]] Task {
 public:
  class promise_type;

  Task(Task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~Task() {
    if (frame_) frame_.destroy();
  }

  class Await {
   public:
    explicit Await(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    bool await_ready() const noexcept { return false; }
    template <std::derived_from<Frame> Promise>
    void await_suspend(std::coroutine_handle<Promise> awaiting) noexcept {
      frame_.promise().task = awaiting.promise().task;
      frame_.promise().awaited_by = awaiting;
      frame_.promise().task->run_next(frame_);
    }
    T await_resume() { return frame_.promise().outcome.take(); }

   private:
    std::coroutine_handle<promise_type> frame_;
  };
  Await operator co_await() && { return Await(frame_); }

  // For what runs it as the root of a task.
  std::coroutine_handle<promise_type> frame() const { return frame_; }
  std::coroutine_handle<promise_type> release() { return std::exchange(frame_, nullptr); }
  static Task from_frame(std::coroutine_handle<> frame) {
    return Task(std::coroutine_handle<promise_type>::from_address(frame.address()));
  }

 private:
  explicit Task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
  std::coroutine_handle<promise_type> frame_;
};

/// Ends a frame: the one that awaited it, if any, is next.
struct EndOfFrame {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) noexcept {
    frame.promise().task->run_next(frame.promise().awaited_by);
  }
  void await_resume() const noexcept {}
};

template <class T>
struct TaskPromise : Frame {
  std::coroutine_handle<> awaited_by;
  Outcome<T> outcome;

  std::suspend_always initial_suspend() const noexcept { return {}; }
  EndOfFrame final_suspend() const noexcept { return {}; }
  void unhandled_exception() { outcome.set_error(std::current_exception()); }
};

template <class T>
class Task<T>::promise_type : public TaskPromise<T> {
 public:
  Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
  template <class U>
  requires std::convertible_to<U, T>
  void return_value(U&& value) { this->outcome.set_value(std::forward<U>(value)); }
};

template <>
class Task<void>::promise_type : public TaskPromise<void> {
 public:
  Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
  void return_void() { outcome.set_value(Unit{}); }
};

}  // namespace crawler::async
