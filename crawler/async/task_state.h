// What the loop knows of one spawned task, whatever it returns: where it is suspended, what it waits for, who
// asked to cancel it, and who is told when it ends. Code outside this folder uses TaskHandle (spawn.h).
//
// A task is a chain of coroutine frames, each awaiting the next; only the innermost one is ever resumed. A
// frame that awaits another, or ends, does not resume its neighbour itself: it names it in `run_next`, and
// `step()` resumes it from a loop of its own. So the stack never grows, however many awaits complete at once
// and whatever the compiler makes of symmetric transfer.
//
// How a task is cancelled: cancel() asks the Waiter it is suspended on to let go. The Waiter either wakes the
// task, which then throws Cancelled from the await, or, if it waits for another task, passes the request on
// to that one. A task that runs, or has been woken but not resumed, throws at its next suspension instead, or
// where it resumes. Tasks that wait for one another in a circle are cut loose where the circle closes.
//
// Contract: loop thread only. Reference-counted; the loop holds one reference until the task ends.
#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "crawler/async/linked_list.h"

namespace crawler::async {

class EventLoop;
class TaskState;
class Waiter;

/// Something the loop runs once, in the order it was made ready.
class Runnable {
 public:
  virtual void run() noexcept = 0;

 protected:
  Runnable() = default;
  ~Runnable() = default;
  Runnable(const Runnable&) = delete;
  Runnable& operator=(const Runnable&) = delete;

 private:
  friend class ReadyQueue;
  Runnable* next_ready_ = nullptr;
};

/// Told of one task's end in the moment it ends; may make things ready then, and no more.
class EndWatcher : public Linked<EndWatcher> {
 public:
  virtual void note_end(TaskState& ended) noexcept = 0;

 protected:
  EndWatcher() = default;
  ~EndWatcher() = default;
};

class TaskState : public Runnable, public Linked<TaskState> {
 public:
  TaskState(EventLoop& loop, std::string name);

  /// Asks the task to stop. False if it had ended already.
  bool cancel(std::string message = {});
  /// Cancels a task that this one waits for by means of its own, not by a join: if that one joins this one in
  /// turn, itself or by the tasks that it joins, the circle is cut there, and nothing hangs.
  void cancel_child(TaskState& child, const std::string& message = {});
  /// Takes one request to cancel back; returns how many are left.
  int uncancel();
  int cancelling() const { return cancel_requests_; }
  bool is_done() const { return done_; }
  bool was_cancelled() const { return cancelled_; }
  std::string cancel_message() const { return cancel_message_ ? *cancel_message_ : std::string(); }
  const std::exception_ptr& error() const { return error_; }
  /// Whether it ended without a value.
  bool has_failed() const { return cancelled_ || error_; }
  /// Throws what it failed with, if it has failed.
  void throw_failure();
  /// Its error has been, or will be, looked at: it need not be reported.
  void retrieve_error() noexcept { is_error_retrieved_ = true; }
  const std::string& name() const { return name_; }
  /// For people: "a task", if it has no name.
  std::string display_name() const { return name_.empty() ? "a task" : name_; }
  std::string_view waits_for() const;
  /// The task that this one waits for; null if it waits for none.
  const TaskState* joined() const { return joined_; }
  EventLoop& loop() const { return loop_; }

  /// Called once, in the loop's next round after the task's end (or the next round if it has ended). It must
  /// not throw.
  void on_done(std::move_only_function<void(TaskState&)> callback);

  // For awaiters. A watcher stays until the task's end, or until it is taken off; the first to come is the
  // first to be told.
  void watch_end(EndWatcher& watcher) noexcept { end_watchers_.append(watcher); }
  void unwatch_end(EndWatcher& watcher) noexcept { end_watchers_.remove(watcher); }
  /// This task waits for that one, until it is woken.
  void join(TaskState& joined) noexcept { joined_ = &joined; }
  void run_next(std::coroutine_handle<> frame) { next_ = frame; }
  void suspend_on(Waiter& waiter, std::coroutine_handle<> frame);
  void yield(std::coroutine_handle<> frame);
  void wake() noexcept;
  void wake_cancelled() noexcept;
  void throw_if_cancelled();

  void add_reference() { ++references_; }
  void drop_reference();

 protected:
  virtual ~TaskState();
  void start(std::coroutine_handle<> root);

  /// Takes the result or the error out of the root frame, and destroys the frame.
  virtual void take_outcome(std::coroutine_handle<> root) = 0;
  void end_with_error(std::exception_ptr error) { error_ = std::move(error); }
  void end_cancelled(std::string message);

 private:
  friend class EventLoop;

  void run() noexcept final;
  void end();
  TaskState& pass_on_cancel(const std::string& message);
  void set_cancel_message(std::string message);

  EventLoop& loop_;
  std::coroutine_handle<> root_;
  std::coroutine_handle<> next_;          // resumed by the trampoline in run()
  std::coroutine_handle<> suspended_at_;  // resumed when the task is woken
  Waiter* waiting_on_ = nullptr;
  TaskState* joined_ = nullptr;  // the task that this one waits for
  LinkedList<EndWatcher> end_watchers_;
  std::exception_ptr error_;
  std::string name_;
  std::unique_ptr<std::string> cancel_message_;  // null: empty
  int references_ = 0;
  int cancel_requests_ = 0;
  bool must_cancel_ : 1 = false;      // throw Cancelled when next resumed
  bool gave_up_waiting_ : 1 = false;  // the same, for a wait that was cancelled: nobody can take it back
  bool is_passing_on_cancel_ : 1 = false;
  bool is_left_over_ : 1 = false;  // cancelled by the loop after its main task
  bool has_started_ : 1 = false;
  bool done_ : 1 = false;
  bool cancelled_ : 1 = false;
  bool is_error_retrieved_ : 1 = false;
};

/// Base of every coroutine promise of this folder: the frame knows its task.
struct Frame {
  TaskState* task = nullptr;
};

}  // namespace crawler::async
