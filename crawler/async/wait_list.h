// Tasks that wait in a line, first come, first woken: the part that queues, semaphores and task handles
// share.
//
//   while (!room) co_await line_.wait("room in the queue");
//   line_.wake_one();
//
// Contract: loop thread only. A waiter that was woken and then cancelled before its turn throws Cancelled;
// who woke it for a single item or permit must then wake the next (`catch (...) { line_.wake_one(); throw;
// }`). The list outlives its waiters.
#pragma once

#include <coroutine>
#include <cstddef>

#include "crawler/async/linked_list.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

class WaitList {
 public:
  class Wait;

  WaitList() = default;
  WaitList(const WaitList&) = delete;
  WaitList& operator=(const WaitList&) = delete;

  Wait wait(const char* waits_for);
  /// Wakes the first in line, if there is one.
  bool wake_one() noexcept;
  void wake_all() noexcept;

  bool is_empty() const { return line_.is_empty(); }
  std::size_t size() const { return size_; }

 private:
  void append(Wait& wait) noexcept;
  void remove(Wait& wait) noexcept;

  LinkedList<Wait> line_;
  std::size_t size_ = 0;
};

class WaitList::Wait : public Waiter, public Linked<WaitList::Wait> {
 public:
  Wait(WaitList& list, const char* waits_for) : Waiter(waits_for), list_(list) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) {
    list_.append(*this);
    suspend(frame);
  }
  void await_resume() { throw_if_cancelled(); }

  /// Whether it was its turn, as against a cancellation while still in line.
  bool was_woken() const { return was_woken_; }

 protected:
  void cancel_wait() noexcept override {
    list_.remove(*this);
    wake_cancelled();
  }

 private:
  friend class WaitList;
  WaitList& list_;
  bool was_woken_ = false;
};

inline WaitList::Wait WaitList::wait(const char* waits_for) { return Wait(*this, waits_for); }

inline void WaitList::append(Wait& wait) noexcept {
  line_.append(wait);
  ++size_;
}

inline void WaitList::remove(Wait& wait) noexcept {
  line_.remove(wait);
  --size_;
}

inline bool WaitList::wake_one() noexcept {
  Wait* const wait = line_.first();
  if (wait == nullptr) return false;
  remove(*wait);
  wait->was_woken_ = true;
  wait->wake();
  return true;
}

inline void WaitList::wake_all() noexcept {
  while (wake_one()) {
  }
}

}  // namespace crawler::async
