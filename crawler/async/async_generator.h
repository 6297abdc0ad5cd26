// A coroutine that gives values one by one, and may await between them.
//
//   AsyncGenerator<Page> pages(Source& source) { while (source.has_more()) co_yield co_await source.read(); }
//   AsyncGenerator<Page> stream = pages(source);
//   while (auto page = co_await stream.next()) store(*page);
//   co_await stream.aclose();          // needed only when it is left before its end
//
// Contract: lazy: the body runs only while next() is awaited, as part of the awaiting task, so that a
// cancellation of that task is thrown inside the body. next() gives nothing at the end, and throws what the
// body threw, once; after that it gives nothing. athrow(error) is a next() that throws the error at the
// co_yield where the body stands (to the caller, if it never started). aclose() throws GeneratorExit there,
// and awaits the clean-up. One that is destroyed before its end without aclose() runs its
// destructors, but no awaiting clean-up. One next() or other call at a time, which it outlives, in its place.
// Source: https://peps.python.org/pep-0525/
#pragma once

#include <concepts>
#include <coroutine>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include "crawler/async/task_state.h"

namespace crawler::async {

/// Thrown at a co_yield when the generator is closed there. Like Cancelled no std::exception, and rethrown.
struct GeneratorExit final {};

template <class T>
class [[nodiscard]] AsyncGenerator {
 public:
  class promise_type;
  using Handle = std::coroutine_handle<promise_type>;

  AsyncGenerator(AsyncGenerator&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  AsyncGenerator& operator=(AsyncGenerator&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~AsyncGenerator() {
    if (frame_) frame_.destroy();
  }

  class Next;
  class Close;
  Next next() { return Next(*this, nullptr); }
  Next athrow(std::exception_ptr error) { return Next(*this, std::move(error)); }
  Close aclose() { return Close(*this); }

 private:
  explicit AsyncGenerator(Handle frame) : frame_(frame) {}

  void start_call() const {
    if (frame_.promise().is_running) throw std::logic_error("the async generator is already running");
  }
  void resume_for(std::coroutine_handle<> consumer, TaskState* task) {
    promise_type& promise = frame_.promise();
    promise.task = task;
    promise.consumer = consumer;
    promise.is_running = true;
    promise.has_started = true;
    promise.value.reset();
    task->run_next(frame_);
  }
  bool has_ended() const { return !frame_ || frame_.done() || frame_.promise().is_closed; }

  Handle frame_;
};

/// Back to whoever awaits the next value: at a co_yield, and at the end.
struct ToConsumer {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) noexcept {
    Promise& promise = frame.promise();
    promise.is_running = false;
    promise.task->run_next(promise.consumer);
  }
  void await_resume() const noexcept {}
};

template <class T>
class AsyncGenerator<T>::promise_type : public Frame {
 public:
  struct Yield : ToConsumer {
    explicit Yield(promise_type& yielding) : promise(yielding) {}
    void await_resume() const {
      if (promise.is_closing) throw GeneratorExit();
      if (promise.thrown) std::rethrow_exception(std::exchange(promise.thrown, nullptr));
    }
    promise_type& promise;
  };

  AsyncGenerator get_return_object() { return AsyncGenerator(Handle::from_promise(*this)); }
  std::suspend_always initial_suspend() const noexcept { return {}; }
  ToConsumer final_suspend() const noexcept { return {}; }
  Yield yield_value(T yielded) {
    value.emplace(std::move(yielded));
    return Yield(*this);
  }
  void return_void() const noexcept {}
  void unhandled_exception() {
    try {
      throw;
    } catch (const GeneratorExit&) {
      if (!is_closing) error = std::current_exception();
    } catch (...) {
      error = std::current_exception();
    }
  }

  std::coroutine_handle<> consumer;
  std::optional<T> value;
  std::exception_ptr error;
  std::exception_ptr thrown;  // by athrow(), at the co_yield where the body stands
  bool has_started = false;
  bool is_running = false;
  bool is_closing = false;  // the next resumption throws GeneratorExit
  bool is_closed = false;
};

template <class T>
class AsyncGenerator<T>::Next {
 public:
  Next(AsyncGenerator& generator, std::exception_ptr thrown)
      : generator_(generator), thrown_(std::move(thrown)) {}

  bool await_ready() {
    if (generator_.has_ended()) return true;
    generator_.start_call();
    promise_type& promise = generator_.frame_.promise();
    if (!thrown_ || promise.has_started) return false;
    promise.is_closed = true;
    promise.error = std::move(thrown_);
    return true;
  }
  template <std::derived_from<Frame> Promise>
  void await_suspend(std::coroutine_handle<Promise> consumer) {
    generator_.frame_.promise().thrown = std::move(thrown_);
    generator_.resume_for(consumer, consumer.promise().task);
  }
  std::optional<T> await_resume() {
    if (!generator_.frame_) return std::nullopt;
    promise_type& promise = generator_.frame_.promise();
    if (promise.error) std::rethrow_exception(std::exchange(promise.error, nullptr));
    return std::exchange(promise.value, std::nullopt);
  }

 private:
  AsyncGenerator& generator_;
  std::exception_ptr thrown_;
};

template <class T>
class AsyncGenerator<T>::Close {
 public:
  explicit Close(AsyncGenerator& generator) : generator_(generator) {}

  bool await_ready() const {
    if (generator_.has_ended()) return true;
    generator_.start_call();
    promise_type& promise = generator_.frame_.promise();
    if (!promise.has_started) promise.is_closed = true;
    return promise.is_closed;
  }
  template <std::derived_from<Frame> Promise>
  void await_suspend(std::coroutine_handle<Promise> consumer) {
    generator_.frame_.promise().is_closing = true;
    generator_.resume_for(consumer, consumer.promise().task);
  }
  void await_resume() {
    if (!generator_.frame_) return;
    promise_type& promise = generator_.frame_.promise();
    if (!promise.is_closing || promise.is_closed) return;
    promise.is_closed = true;
    if (promise.error) std::rethrow_exception(std::exchange(promise.error, nullptr));
    if (promise.value) throw std::logic_error("the async generator ignored GeneratorExit");
  }

 private:
  AsyncGenerator& generator_;
};

}  // namespace crawler::async
