// Waiting, within a task, for what cannot be awaited.
//
//   co_await until([&] { return server.traffic().counts().open_requests == 5; });
//   task.cancel();
//   co_await ended(task);
//
// Contract: until() throws async::TimedOut after 20 s. ended() never throws what the task threw.
#pragma once

#include <chrono>
#include <concepts>

#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/timeout.h"

namespace crawler {

template <std::predicate Holds>
async::Task<> until(Holds holds) {
  co_await async::timeout(std::chrono::seconds(20), [&](async::Timeout&) -> async::Task<> {
    while (!holds()) co_await async::sleep(std::chrono::milliseconds(1));
  });
}

template <class T>
async::Task<> ended(async::TaskHandle<T> task) {
  co_await until([&] { return task.is_done(); });
}

}  // namespace crawler
