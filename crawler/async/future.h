// A value that is to come from elsewhere: a callback, another task.
//
//   Future<Reply> reply;
//   start_request([&](Reply got) { if (!reply.is_done()) reply.set_value(std::move(got)); });
//   const Reply& r = co_await reply;            // as often as wanted, by any number of tasks
//
// Contract: loop thread only; outlives those who await it, and the values are references into it. It ends
// once: with a value, an error or a cancellation; to end it again throws InvalidState, but for cancel().
// Cancelling a task that awaits it cancels the future, and so all who await it, as with a task: where that is
// not wanted, await an Event. Source: https://docs.python.org/3/library/asyncio-future.html
#pragma once

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/task.h"
#include "crawler/async/wait_list.h"

namespace crawler::async {

template <class T = void>
class Future {
 public:
  Future() = default;
  Future(const Future&) = delete;
  Future& operator=(const Future&) = delete;

  void set_value(ValueOf<T> value) {
    check_pending();
    outcome_.set_value(std::move(value));
    line_.wake_all();
  }
  void set_value() requires std::is_void_v<T> { set_value(Unit{}); }
  void set_error(std::exception_ptr error) {
    check_pending();
    end_with(std::move(error));
  }
  /// Those who await it throw Cancelled. False if it is done.
  bool cancel() {
    if (is_done()) return false;
    end_with(std::make_exception_ptr(Cancelled()));
    return true;
  }

  bool is_done() const { return outcome_.is_set(); }
  /// The value; throws the error, Cancelled, or InvalidState while it is pending.
  const ValueOf<T>& result() const {
    if (!is_done()) throw InvalidState("the future has no result yet");
    if (outcome_.error() != nullptr) std::rethrow_exception(*outcome_.error());
    return outcome_.value();
  }

  class Await final : public WaitList::Wait {
   public:
    explicit Await(Future& future) : Wait(future.line_, "a future"), future_(future) {}
    bool await_ready() const noexcept { return future_.is_done(); }
    const ValueOf<T>& await_resume() {
      throw_if_cancelled();
      return future_.result();
    }

   private:
    void cancel_wait() noexcept override {
      Wait::cancel_wait();
      future_.cancel();
    }
    Future& future_;
  };
  Await operator co_await() { return Await(*this); }

 private:
  void check_pending() const {
    if (is_done()) throw InvalidState("the future is done");
  }
  void end_with(std::exception_ptr error) {
    outcome_.set_error(std::move(error));
    line_.wake_all();
  }

  Outcome<T> outcome_;
  WaitList line_;
};

}  // namespace crawler::async
