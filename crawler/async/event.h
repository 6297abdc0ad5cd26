// A flag that tasks wait for.
//
//   Event is_open;
//   co_await is_open.wait();      // no turn of the loop if it is set
//   is_open.set();                // wakes all who wait
//
// Contract: loop thread only; outlives its waiters. Who waited when it was set goes on, even if it is cleared
// before their turn. Source: https://docs.python.org/3/library/asyncio-sync.html#asyncio.Event
#pragma once

#include "crawler/async/wait_list.h"

namespace crawler::async {

class Event {
 public:
  class Wait;
  Wait wait();

  void set() noexcept {
    is_set_ = true;
    line_.wake_all();
  }
  void clear() noexcept { is_set_ = false; }
  bool is_set() const { return is_set_; }

 private:
  bool is_set_ = false;
  WaitList line_;
};

class Event::Wait final : public WaitList::Wait {
 public:
  explicit Wait(Event& event) : WaitList::Wait(event.line_, "an event"), event_(event) {}
  bool await_ready() const noexcept { return event_.is_set_; }

 private:
  Event& event_;
};

inline Event::Wait Event::wait() { return Wait(*this); }

}  // namespace crawler::async
