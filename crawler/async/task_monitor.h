// Tells what a loop is at when it seems to hang: which tasks there are and what each waits for. On a signal,
// and, if asked to, after each step that held up the loop for too long.
//
//   const TaskMonitor monitor({.signal = SIGUSR1, .patience = 100ms},
//                             [](std::string_view report) { std::cerr << report; });
//
//   fetch the list held up the loop for 153 ms. 2 tasks:
//     main waits for the tasks of a group
//     visit https://example.com/ waits for a response
//
// Contract: one at a time in a process, within run(), on the loop's thread, where the reports are given. They
// are lines, each with its end. If the signal comes while a step holds up the loop, a line on stderr says
// which one at once; the report follows if the step ever ends. Times are good to some 4 ms. Source:
// signal-safety(7), https://docs.python.org/3/library/asyncio-dev.html#debug-mode
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <signal.h>
#include <string>
#include <string_view>

#include <event2/event.h>

#include "crawler/async/clock.h"
#include "crawler/async/event_handle.h"
#include "crawler/async/event_loop.h"

namespace crawler::async {

struct MonitorOptions {
  int signal = SIGUSR1;
  Duration patience = std::chrono::milliseconds(100);
  bool tells_long_steps = true;  // else they are only counted
};

class TaskMonitor final : private StepObserver {
 public:
  using Tell = std::move_only_function<void(std::string_view report)>;

  TaskMonitor(MonitorOptions options, Tell tell);
  ~TaskMonitor();

  /// How many steps took longer than they may.
  std::int64_t long_steps() const { return long_steps_; }

 private:
  void begin_step(std::string_view name) noexcept override;
  void end_step() noexcept override;
  static void handle_signal(int number);
  static void on_wakeup(evutil_socket_t fd, short, void* self) noexcept;
  void take_signal() const noexcept;
  std::string_view step_name() const noexcept { return step_.empty() ? "a task" : step_; }
  std::string list_tasks() const;

  EventLoop& loop_;
  const MonitorOptions options_;
  Tell tell_;
  std::string_view step_;  // the name of the one that runs, if it has one; good until end_step() has returned
  TimePoint step_began_at_;
  std::atomic<bool> is_in_step_ = false;  // the two above are whole: a signal handler may read them
  std::int64_t long_steps_ = 0;
  int wake_fd_;
  EventHandle woken_;
  struct sigaction before_ = {};
};

}  // namespace crawler::async
