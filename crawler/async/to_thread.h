// Runs a blocking function on a thread while the loop goes on.
//
//   const Rows rows = co_await to_thread([](const std::string& path) { return read_all(path); }, path);
//   co_await to_thread_of(pool, [](std::shared_ptr<Store> store, Batch batch) { store->commit(batch); },
//   store, batch);
//
// Contract: a cancelled await leaves at once: work that has not begun never runs, work that has runs on to
// its end and its result is dropped. So the work must own all that it touches: the function takes no captures
// (checked), and its arguments are moved or copied in, and destroyed on the thread or the loop, whichever is
// later. What it throws is thrown from the await. The loop's own pool is joined when run() ends; a pool of
// one's own outlives what awaits it, and is destroyed before the loop.
#pragma once

#include <atomic>
#include <coroutine>
#include <exception>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "crawler/async/event_loop.h"
#include "crawler/async/task.h"
#include "crawler/async/thread_pool.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

/// A function that can hold no reference: a lambda without captures, or a plain function.
template <class F>
concept CapturesNothing = std::is_empty_v<F> || std::is_pointer_v<F>;

template <class T>
class ThreadWork;

template <class T>
class ThreadWait final : public Waiter {
 public:
  ThreadWait(ThreadPool& pool, std::shared_ptr<ThreadWork<T>> work)
      : Waiter("a thread"), pool_(pool), work_(std::move(work)) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) {
    work_->submit(pool_, *this, frame.promise().task->loop());
    suspend(frame);
  }
  T await_resume() {
    throw_if_cancelled();
    return work_->outcome.take();
  }

 private:
  friend class ThreadWork<T>;
  void cancel_wait() noexcept override {
    work_->abandon();
    task()->loop().end_external_wait();
    wake_cancelled();
  }

  ThreadPool& pool_;
  std::shared_ptr<ThreadWork<T>> work_;
};

/// One call on its way to a thread and back. Shared by the await and the thread: either may leave first.
template <class T>
class ThreadWork : public std::enable_shared_from_this<ThreadWork<T>> {
 public:
  virtual ~ThreadWork() = default;
  Outcome<T> outcome;  // written by the thread before it posts, read by the loop after

  void submit(ThreadPool& pool, ThreadWait<T>& waiting, EventLoop& loop) {
    waiting_ = &waiting;
    loop.begin_external_wait();
    pool.submit([self = this->shared_from_this(), &loop]() mutable {
      if (!self->is_abandoned_.load(std::memory_order_relaxed)) self->call();
      loop.post([self = std::move(self), &loop] {
        if (self->waiting_ == nullptr) return;
        loop.end_external_wait();
        self->waiting_->wake();
      });
    });
  }
  void abandon() noexcept {
    waiting_ = nullptr;
    is_abandoned_.store(true, std::memory_order_relaxed);
  }

 protected:
  virtual void call() noexcept = 0;

 private:
  ThreadWait<T>* waiting_ = nullptr;  // loop thread only
  std::atomic<bool> is_abandoned_ = false;
};

template <class T, class F, class... Args>
class ThreadCall final : public ThreadWork<T> {
 public:
  explicit ThreadCall(F function, Args... args) : function_(function), args_(std::move(args)...) {}

 private:
  void call() noexcept override {
    try {
      if constexpr (std::is_void_v<T>) {
        std::apply(function_, std::move(args_));
        this->outcome.set_value(Unit{});
      } else {
        this->outcome.set_value(std::apply(function_, std::move(args_)));
      }
    } catch (...) {
      this->outcome.set_error(std::current_exception());
    }
  }
  F function_;
  std::tuple<Args...> args_;
};

template <CapturesNothing F, class... Args>
auto to_thread_of(ThreadPool& pool, F function, Args... args) {
  using T = std::invoke_result_t<F, Args&&...>;
  return ThreadWait<T>(pool, std::make_shared<ThreadCall<T, F, Args...>>(function, std::move(args)...));
}

template <CapturesNothing F, class... Args>
auto to_thread(F function, Args... args) {
  return to_thread_of(EventLoop::current().thread_pool(), function, std::move(args)...);
}

}  // namespace crawler::async
