#include "crawler/async/lock.h"

#include <optional>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

Task<> log_inside(Lock& lock, Log& log, std::string line) {
  const Lock::Guard held = co_await lock.acquire();
  log.push_back("+" + line);
  co_await tick(2);
  log.push_back("-" + line);
}

TEST(Lock, L01_LetsOneInAtATimeInTheOrderOfAsking) {
  in_virtual_time([]() -> Task<> {
    Lock lock;
    Log log;
    std::optional<Lock::Guard> held = co_await lock.acquire();
    const std::vector<TaskHandle<>> tasks = {spawn(log_inside(lock, log, "a")),
                                             spawn(log_inside(lock, log, "b"))};
    co_await tick();
    EXPECT_THAT(log, IsEmpty());
    held.reset();
    for (const TaskHandle<>& task : tasks) co_await task;
    EXPECT_THAT(log, ElementsAre("+a", "-a", "+b", "-b"));
    EXPECT_FALSE(lock.is_locked());
  });
}

TEST(Lock, L02_WaiterCancelledInItsTurnPassesItOn) {
  in_virtual_time([]() -> Task<> {
    Lock lock;
    Log log;
    std::optional<Lock::Guard> held = co_await lock.acquire();
    const TaskHandle<> cancelled = spawn(log_inside(lock, log, "a"));
    const TaskHandle<> other = spawn(log_inside(lock, log, "b"));
    co_await tick();
    held.reset();
    cancelled.cancel();
    co_await end_of(cancelled);
    EXPECT_TRUE(cancelled.was_cancelled());
    EXPECT_TRUE(lock.is_locked());
    co_await other;
    EXPECT_THAT(log, ElementsAre("+b", "-b"));
  });
}

TEST(Lock, IsReleasedOnAnError) {
  in_virtual_time([]() -> Task<> {
    Lock lock;
    const auto failing = [&]() -> Task<> {
      const Lock::Guard held = co_await lock.acquire();
      throw std::runtime_error("x");
    };
    EXPECT_THROW(co_await failing(), std::runtime_error);
    EXPECT_FALSE(lock.is_locked());
  });
}

}  // namespace
}  // namespace crawler::async
