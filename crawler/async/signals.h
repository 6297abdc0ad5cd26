// Signals of the process as something to await.
//
//   SignalWatch watch({SIGINT, SIGTERM});
//   const int signal = co_await watch.next();
//
// Contract: one at a time in a process, on the loop's thread. While it lives the first of the signals is
// delivered here; a second one, of any of them, ends the process at once with code 128 + its number, even
// while the loop is held up. What comes within 50 ms of the first is the same request, sent twice. Source:
// signal-safety(7)
#pragma once

#include <coroutine>
#include <initializer_list>
#include <memory>
#include <signal.h>
#include <utility>
#include <vector>

#include <event2/event.h>

#include "crawler/async/event_handle.h"
#include "crawler/async/wait_list.h"

namespace crawler::async {

class SignalWatch {
 public:
  explicit SignalWatch(std::initializer_list<int> signals);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  class Next;
  /// Waits until a signal has come, if none has yet, and gives its number.
  Next next();

 private:
  static void on_readable(evutil_socket_t, short, void* watch) noexcept;

  std::vector<std::pair<int, struct sigaction>> before_;
  EventHandle readable_;
  WaitList line_;
};

class SignalWatch::Next final : public WaitList::Wait {
 public:
  explicit Next(SignalWatch& watch) : Wait(watch.line_, "a signal") {}
  bool await_ready() const noexcept;
  int await_resume();
};

inline SignalWatch::Next SignalWatch::next() { return Next(*this); }

}  // namespace crawler::async
