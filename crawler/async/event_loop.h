// The loop: runs what is ready, fires timers, and waits in libevent for the rest.
//
//   run(main_task());                         // run.h makes one and runs a task on it
//
//   EventLoop& loop = EventLoop::current();    // from within a task
//   loop.call_soon([] { … });
//   loop.post([] { … });                       // from any thread
//
// A round: timers that are due fire; libevent is asked what happened, waiting if nothing is ready; timers
// that have become due fire; then what has become ready runs once, in order. Callbacks of C libraries only
// make things ready.
//
// Contract: one loop a thread, used on the thread that runs it, but for post(). With a VirtualClock it never
// waits for time: when nothing is ready it jumps to the next deadline, and when there is none, and nothing
// outside is waited for, it throws Deadlock.
#pragma once

#include <algorithm>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <event2/event.h>

#include "crawler/async/clock.h"
#include "crawler/async/event_handle.h"
#include "crawler/async/task_state.h"
#include "crawler/async/timer.h"

namespace crawler::async {

class ThreadPool;

/// Nothing can ever happen again, and the main task has not ended. Names the tasks and what they wait for.
class Deadlock : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// First in, first out; linked through the items.
class ReadyQueue {
 public:
  void push(Runnable& item) noexcept {
    item.next_ready_ = nullptr;
    (last_ == nullptr ? first_ : last_->next_ready_) = &item;
    last_ = &item;
  }
  Runnable* pop() noexcept {
    Runnable* item = first_;
    if (item != nullptr) first_ = item->next_ready_;
    if (first_ == nullptr) last_ = nullptr;
    return item;
  }
  bool is_empty() const { return first_ == nullptr; }

 private:
  Runnable* first_ = nullptr;
  Runnable* last_ = nullptr;
};

/// Told when a step of the loop begins and ends: what a task does from one suspension to the next, or what a
/// callback does. In end_step() the task is still the loop's current one, and may be cancelled.
class StepObserver {
 public:
  virtual void begin_step(std::string_view name) noexcept = 0;
  virtual void end_step() noexcept = 0;

 protected:
  StepObserver() = default;
  ~StepObserver() = default;
  StepObserver(const StepObserver&) = delete;
  StepObserver& operator=(const StepObserver&) = delete;
};

class EventLoop {
 public:
  EventLoop();
  explicit EventLoop(VirtualClock& clock);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Makes a loop the thread's current one.
  class Scope {
   public:
    explicit Scope(EventLoop& loop);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
  };
  /// One step, for the observer. Callbacks of C libraries that do more than make something ready have one.
  class Step {
   public:
    Step(const EventLoop& loop, std::string_view name) : loop_(loop) {
      if (loop_.observer_ != nullptr) loop_.observer_->begin_step(name);
    }
    ~Step() {
      if (loop_.observer_ != nullptr) loop_.observer_->end_step();
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    const EventLoop& loop_;
  };
  /// One at a time; null: none. One that comes within a step is told of its end only.
  void observe_steps(StepObserver* observer) { observer_ = observer; }

  /// Runs rounds until `main` has ended, then cancels the tasks that are left and runs until they have ended
  /// too.
  void run_until_done(TaskState& main);

  /// The loop that runs on this thread. Throws std::logic_error if none does.
  static EventLoop& current();
  /// The task that runs now; null between tasks.
  TaskState* current_task() const { return current_task_; }

  TimePoint now() const noexcept { return clock_.now(); }
  const Clock& clock() const { return clock_; }
  /// The end of a wait that starts now. Any duration will do, but none lasts over a hundred years.
  TimePoint time_after(Duration duration) const noexcept {
    constexpr Duration century = std::chrono::hours(24 * 365 * 100);
    return now() + std::clamp(duration, Duration::zero(), century);
  }
  TimerHeap& timers() { return timers_; }
  event_base* base() const { return base_.get(); }
  /// Threads for work that blocks; started at first use, joined when the main task has ended.
  ThreadPool& thread_pool();
  /// Whether one of them is at work: to join them would take as long as it does.
  bool has_busy_threads() const;

  /// Runs `item` in the next round; it lives until then.
  void make_ready(Runnable& item) noexcept { ready_.push(item); }
  /// Calls `callback` in the next round. It must not throw.
  void call_soon(std::move_only_function<void()> callback);
  /// The same, from any thread. What is posted after the last round is never called.
  void post(std::move_only_function<void()> callback);

  /// Something outside the loop (a thread) will post: while it is waited for there is no deadlock.
  void begin_external_wait() { ++external_waits_; }
  void end_external_wait() { --external_waits_; }

  /// While the loop runs, told of each task whose error nobody asked for, when its last handle goes: its name
  /// and the error. It must not throw. Without one, and where no loop runs, that is a line on stderr.
  void on_unretrieved_error(
      std::move_only_function<void(const std::string&, const std::exception_ptr&)> told) {
    on_unretrieved_error_ = std::move(told);
  }

  /// A line for each task, the oldest first: its name and what it waits for.
  std::string describe_tasks() const;

 private:
  friend class TaskState;
  struct Wakeup;
  struct FreeBase {
    void operator()(event_base* base) const { event_base_free(base); }
  };

  EventLoop(const Clock& clock, VirtualClock* virtual_clock);

  static void report_unretrieved_error(const TaskState& task) noexcept;
  void adopt(TaskState& task);
  void release(TaskState& task);

  void end_left_over_tasks(std::exception_ptr& deadlock);
  void run_round();
  void run_ready();
  void poll();
  void wait_for_events(std::optional<Duration> at_most);
  void take_posted();

  MonotonicClock monotonic_clock_;
  const Clock& clock_;
  VirtualClock* virtual_clock_;  // null: real time
  std::unique_ptr<event_base, FreeBase> base_;
  std::unique_ptr<Wakeup> wakeup_;  // lets post() interrupt the wait
  EventHandle deadline_;            // ends the wait at the earliest timer
  ReadyQueue ready_;
  TimerHeap timers_;
  LinkedList<TaskState> tasks_;  // all that have not ended, the oldest first
  TaskState* current_task_ = nullptr;
  StepObserver* observer_ = nullptr;
  std::move_only_function<void(const std::string&, const std::exception_ptr&)> on_unretrieved_error_;
  int left_over_ = 0;  // of the tasks, those cancelled since the main task ended
  int external_waits_ = 0;
  int steps_since_poll_ = 0;
  TimePoint polled_at_{};  // by the coarse clock
  std::mutex posted_mutex_;
  std::vector<std::move_only_function<void()>> posted_;
  std::unique_ptr<ThreadPool> thread_pool_;  // last: its threads post to the rest
};

}  // namespace crawler::async
