// Lets at most N hold a permit at once, first come, first served.
//
//   Semaphore transfers(100);
//   {
//     const Semaphore::Permit permit = co_await transfers.acquire();
//     co_await fetch(url);
//   }                                  // given back, whichever way the scope is left
//
// Contract: loop thread only; outlives its permits and waiters. A free permit is given without a turn of the
// loop, but never past a task that waits. A waiter that was given a permit and is cancelled before its turn
// passes it on. Only a permit releases, and only once: there is no need of a bounded semaphore. Source:
// https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore
#pragma once

#include <coroutine>
#include <cstddef>
#include <utility>

#include "crawler/async/wait_list.h"

namespace crawler::async {

class Semaphore {
 public:
  class Permit;
  class Acquire;

  explicit Semaphore(std::size_t permits) : free_(permits) {}

  Acquire acquire();
  /// Whether acquire() would wait.
  bool is_locked() const { return free_ == 0 || !line_.is_empty(); }
  std::size_t waiting() const { return line_.size(); }

 private:
  // A permit given back to one who waits never shows as free: nobody can barge in.
  void release() noexcept {
    if (!line_.wake_one()) ++free_;
  }

  std::size_t free_;
  WaitList line_;
};

class [[nodiscard]] Semaphore::Permit {
 public:
  explicit Permit(Semaphore& semaphore) : semaphore_(&semaphore) {}
  Permit(Permit&& other) noexcept : semaphore_(std::exchange(other.semaphore_, nullptr)) {}
  Permit& operator=(Permit&& other) noexcept {
    std::swap(semaphore_, other.semaphore_);
    return *this;
  }
  ~Permit() { release(); }

  /// Gives it back before the scope ends.
  void release() noexcept {
    if (semaphore_ != nullptr) std::exchange(semaphore_, nullptr)->release();
  }

 private:
  Semaphore* semaphore_;
};

class Semaphore::Acquire final : public WaitList::Wait {
 public:
  explicit Acquire(Semaphore& semaphore) : Wait(semaphore.line_, "a permit"), semaphore_(semaphore) {}

  bool await_ready() const noexcept {
    if (semaphore_.is_locked()) return false;
    --semaphore_.free_;
    return true;
  }
  Permit await_resume() {
    const bool left_the_line = task() != nullptr && !was_woken();
    if (left_the_line) throw_if_cancelled();  // always throws: nothing was granted
    Permit permit(semaphore_);
    throw_if_cancelled();
    return permit;
  }

 private:
  Semaphore& semaphore_;
};

inline Semaphore::Acquire Semaphore::acquire() { return Acquire(*this); }

}  // namespace crawler::async
