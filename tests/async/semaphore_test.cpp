#include "crawler/async/semaphore.h"

#include <algorithm>
#include <optional>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

Task<Semaphore::Permit> acquire(Semaphore& semaphore) { co_return co_await semaphore.acquire(); }

Task<> log_turn(Semaphore& semaphore, Log& log, std::string name) {
  const Semaphore::Permit permit = co_await semaphore.acquire();
  log.push_back(name);
}

TEST(Semaphore, S01_LetsAtMostItsNumberIn) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(3);
    int inside = 0;
    int most = 0;
    const auto work = [&]() -> Task<> {
      const Semaphore::Permit permit = co_await semaphore.acquire();
      most = std::max(most, ++inside);
      co_await tick(2);
      --inside;
    };
    std::vector<TaskHandle<>> tasks;
    for (int i = 0; i < 12; ++i) tasks.push_back(spawn(work()));
    for (const TaskHandle<>& task : tasks) co_await task;
    EXPECT_EQ(most, 3);
    EXPECT_FALSE(semaphore.is_locked());
  });
}

TEST(Semaphore, S02_ServesInTheOrderOfAsking) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    Log log;
    Semaphore::Permit permit = co_await semaphore.acquire();
    std::vector<TaskHandle<>> tasks;
    for (const char* name : {"0", "1", "2", "3"}) tasks.push_back(spawn(log_turn(semaphore, log, name)));
    co_await tick();
    EXPECT_EQ(semaphore.waiting(), 4U);
    permit.release();
    for (const TaskHandle<>& task : tasks) co_await task;
    EXPECT_THAT(log, ElementsAre("0", "1", "2", "3"));
  });
}

TEST(Semaphore, S03_LetsNobodyPassAWaiter) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    Log log;
    Semaphore::Permit permit = co_await semaphore.acquire();
    const TaskHandle<> waiter = spawn(log_turn(semaphore, log, "waiter"));
    co_await tick();
    permit.release();
    EXPECT_TRUE(semaphore.is_locked());
    const TaskHandle<> late = spawn(log_turn(semaphore, log, "late"));
    co_await late;
    EXPECT_THAT(log, ElementsAre("waiter", "late"));
  });
}

TEST(Semaphore, S04_CancelledWaiterLosesNoPermit) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    Semaphore::Permit permit = co_await semaphore.acquire();
    const auto first = spawn(acquire(semaphore));
    const auto second = spawn(acquire(semaphore));
    co_await tick();
    first.cancel();
    co_await end_of(first);
    permit.release();
    co_await second;
    EXPECT_TRUE(semaphore.is_locked());
  });
}

TEST(Semaphore, S05_WaiterCancelledAfterItsGrantPassesThePermitOn) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    Semaphore::Permit permit = co_await semaphore.acquire();
    const auto first = spawn(acquire(semaphore));
    const auto second = spawn(acquire(semaphore));
    co_await tick();
    permit.release();
    first.cancel();
    co_await end_of(first);
    EXPECT_TRUE(first.was_cancelled());
    co_await second;
    EXPECT_TRUE(semaphore.is_locked());
  });
}

TEST(Semaphore, S06_GivesThePermitBackOnAnError) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    const auto fail_inside = [&]() -> Task<> {
      const Semaphore::Permit permit = co_await semaphore.acquire();
      throw std::runtime_error("x");
    };
    EXPECT_THROW(co_await fail_inside(), std::runtime_error);
    EXPECT_FALSE(semaphore.is_locked());
  });
}

TEST(Semaphore, S09_FreePermitCostsNoRound) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    const TaskHandle<int> other = spawn(value(1, 0));
    const Semaphore::Permit permit = co_await semaphore.acquire();
    EXPECT_FALSE(other.is_done());
    co_await other;
  });
}

TEST(Semaphore, GrantsNothingToAWaiterWhoseCancellationWasTakenBack) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    const Semaphore::Permit permit = co_await semaphore.acquire();
    const auto waiter = spawn(acquire(semaphore));
    co_await tick();
    waiter.cancel();
    waiter.task().uncancel();
    co_await end_of(waiter);
    EXPECT_TRUE(waiter.was_cancelled());
    EXPECT_TRUE(semaphore.is_locked());
  });
}

TEST(Semaphore, PermitMayOutliveTheTaskThatAcquiredIt) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(1);
    {
      const Semaphore::Permit permit = co_await spawn(acquire(semaphore));
      EXPECT_TRUE(semaphore.is_locked());
    }
    EXPECT_FALSE(semaphore.is_locked());
  });
}

TEST(Semaphore, PermitIsGivenBackOnce) {
  in_virtual_time([]() -> Task<> {
    Semaphore semaphore(2);
    std::optional<Semaphore::Permit> kept;
    {
      Semaphore::Permit permit = co_await semaphore.acquire();
      kept.emplace(std::move(permit));
      const Semaphore::Permit other = co_await semaphore.acquire();
      EXPECT_TRUE(semaphore.is_locked());
    }
    EXPECT_FALSE(semaphore.is_locked());
    kept->release();
    kept.reset();
    const Semaphore::Permit first = co_await semaphore.acquire();
    const Semaphore::Permit second = co_await semaphore.acquire();
    EXPECT_TRUE(semaphore.is_locked());
  });
}

}  // namespace
}  // namespace crawler::async
