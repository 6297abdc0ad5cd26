// Runs a coroutine as a task of its own, beside the one that spawned it (asyncio: create_task).
//
//   TaskHandle<Page> page = spawn(fetch(url), "fetch");
//   do_other_work();
//   const Page& p = co_await page;      // as often as wanted; throws what the task threw
//   page.cancel();                      // false: it has ended
//
// Contract: loop thread only, within run(). The task first runs in the loop's next round. Whoever spawns
// awaits: what is left when the main task ends is cancelled and awaited by the loop. Awaiting a handle gives
// a reference that lives as long as a handle does, or the value itself if the handle is an rvalue. Cancelling
// a task that awaits a handle cancels the awaited task. Awaiting a task that was cancelled throws Cancelled.
// An error that nobody asked for is reported when the last handle goes (event_loop.h).
// Source: https://docs.python.org/3/library/asyncio-task.html#task-object
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/task.h"
#include "crawler/async/task_state.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

template <class T>
class SpawnedTask final : public TaskState {
 public:
  SpawnedTask(EventLoop& loop, Task<T> body, std::string name) : TaskState(loop, std::move(name)) {
    body.frame().promise().task = this;
    start(body.release());
  }

  ValueOf<T>& value() {
    throw_failure();
    if (!is_done()) throw InvalidState("the task has not ended");
    return *value_;
  }

 private:
  void take_outcome(std::coroutine_handle<> root) override {
    const Task<T> body = Task<T>::from_frame(root);
    Outcome<T>& outcome = body.frame().promise().outcome;
    if (outcome.error() == nullptr) {
      if (!was_cancelled()) value_.emplace(std::move(outcome.value()));
    } else {
      try {
        std::rethrow_exception(*outcome.error());
      } catch (const Cancelled& cancelled) {
        end_cancelled(cancelled.message);
      } catch (...) {
        end_with_error(*outcome.error());
      }
    }
  }

  std::optional<ValueOf<T>> value_;
};

template <class T = void>
class TaskHandle {
 public:
  explicit TaskHandle(SpawnedTask<T>& task) : task_(&task) { task_->add_reference(); }
  TaskHandle(const TaskHandle& other) : task_(other.task_) { task_->add_reference(); }
  TaskHandle& operator=(TaskHandle other) noexcept {
    std::swap(task_, other.task_);
    return *this;
  }
  ~TaskHandle() { task_->drop_reference(); }

  bool cancel(std::string message = {}) const { return task_->cancel(std::move(message)); }
  int cancelling() const { return task_->cancelling(); }
  bool is_done() const { return task_->is_done(); }
  bool was_cancelled() const { return task_->was_cancelled(); }

  /// The value; throws what the task threw, Cancelled, or InvalidState while it runs.
  const ValueOf<T>& result() const { return task_->value(); }
  /// What the task threw; null if it returned. Throws Cancelled or InvalidState.
  std::exception_ptr exception() const {
    if (!task_->error()) task_->value();
    task_->retrieve_error();
    return task_->error();
  }
  SpawnedTask<T>& task() const { return *task_; }

  class Join : public Waiter, private EndWatcher {
   public:
    Join(const Join&) = delete;
    Join& operator=(const Join&) = delete;

    bool await_ready() const noexcept { return joined_.is_done(); }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> frame) {
      TaskState& awaiting = *frame.promise().task;
      if (&awaiting == &joined_) throw std::logic_error("a task awaits itself");
      joined_.watch_end(*this);
      awaiting.join(joined_);
      suspend(frame);
    }

   protected:
    explicit Join(SpawnedTask<T>& joined) : Waiter("another task"), joined_(joined) {
      joined_.add_reference();
    }
    ~Join() { joined_.drop_reference(); }

    void note_end(TaskState&) noexcept override { wake(); }
    // Called only in a circle of tasks that wait for one another. Otherwise the request goes to the awaited
    // task, and this one stays suspended: it ends as that one does.
    void cancel_wait() noexcept override {
      joined_.unwatch_end(*this);
      wake_cancelled();
    }
    ValueOf<T>& value() {
      throw_if_cancelled();
      return joined_.value();
    }

   private:
    SpawnedTask<T>& joined_;
  };
  class JoinForReference final : public Join {
   public:
    explicit JoinForReference(SpawnedTask<T>& joined) : Join(joined) {}
    const ValueOf<T>& await_resume() { return this->value(); }
  };
  class JoinForValue final : public Join {
   public:
    explicit JoinForValue(SpawnedTask<T>& joined) : Join(joined) {}
    T await_resume() {
      auto& value = this->value();
      if constexpr (!std::is_void_v<T>) return std::move(value);
    }
  };
  JoinForReference operator co_await() const& { return JoinForReference(*task_); }
  JoinForValue operator co_await() && { return JoinForValue(*task_); }

 private:
  SpawnedTask<T>* task_;
};

template <class T>
TaskHandle<T> spawn(Task<T> body, std::string name = {}) {
  return TaskHandle<T>(*new SpawnedTask<T>(EventLoop::current(), std::move(body), std::move(name)));
}

}  // namespace crawler::async
