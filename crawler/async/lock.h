// Lets one task at a time in, first come, first served.
//
//   Lock lock;
//   {
//     const Lock::Guard held = co_await lock.acquire();
//     co_await write(a);
//     co_await write(b);
//   }                                  // released, whichever way the scope is left
//
// Contract: loop thread only; outlives its guards and waiters. Needed only where the scope awaits: tasks do
// not run at once. A free lock is taken without a turn of the loop, never past a task that waits; a waiter
// that is cancelled in its turn passes it on. Only a guard releases, and only once. Source:
// https://docs.python.org/3/library/asyncio-sync.html#asyncio.Lock
#pragma once

#include "crawler/async/semaphore.h"

namespace crawler::async {

class Lock {
 public:
  using Guard = Semaphore::Permit;

  Semaphore::Acquire acquire() { return only_one_.acquire(); }
  bool is_locked() const { return only_one_.is_locked(); }

 private:
  Semaphore only_one_{1};
};

}  // namespace crawler::async
