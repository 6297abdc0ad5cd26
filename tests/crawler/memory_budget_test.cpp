#include "crawler/memory_budget.h"

#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "crawler/async/cancelled.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskHandle;

Task<> next_round() { co_await async::sleep(async::Duration::zero()); }

/// Takes `bytes` as soon as there is room, and keeps them.
Task<> take(MemoryBudget& budget, std::size_t bytes, std::optional<MemoryBudget::Charge>& charge) {
  co_await budget.wait_for_room();
  charge = budget.charge(bytes);
}

TEST(MemoryBudget, CountsWhatIsCharged) {
  MemoryBudget budget(100);
  {
    MemoryBudget::Charge charge = budget.charge(30);
    EXPECT_EQ(budget.charged(), 30U);
    charge.set(70);
    EXPECT_EQ(budget.charged(), 70U);
  }
  EXPECT_EQ(budget.charged(), 0U);
}

TEST(MemoryBudget, GivesAMovedChargeBackOnce) {
  MemoryBudget budget(100);
  {
    MemoryBudget::Charge first = budget.charge(30);
    MemoryBudget::Charge second = std::move(first);
    EXPECT_EQ(budget.charged(), 30U);
    second = budget.charge(10);
  }
  EXPECT_EQ(budget.charged(), 0U);
}

TEST(MemoryBudget, LetsNobodyStartWhenItIsUsedUp) {
  async::run([]() -> Task<> {
    MemoryBudget budget(100);
    std::optional charge(budget.charge(100));
    std::optional<MemoryBudget::Charge> waiting;
    const TaskHandle<> task = async::spawn(take(budget, 1, waiting));
    co_await next_round();
    EXPECT_FALSE(task.is_done());
    charge->set(99);
    co_await task;
    EXPECT_EQ(budget.charged(), 100U);
  }());
}

TEST(MemoryBudget, MayBeExceededByWhatRuns) {
  MemoryBudget budget(100);
  MemoryBudget::Charge charge = budget.charge(10);
  charge.set(1000);
  EXPECT_EQ(budget.charged(), 1000U);
}

TEST(MemoryBudget, LetsAsManyStartAsThereIsRoomFor) {
  async::run([]() -> Task<> {
    MemoryBudget budget(100);
    std::optional charge(budget.charge(100));
    std::optional<MemoryBudget::Charge> first;
    std::optional<MemoryBudget::Charge> second;
    std::optional<MemoryBudget::Charge> third;
    const TaskHandle<> one = async::spawn(take(budget, 60, first));
    const TaskHandle<> two = async::spawn(take(budget, 60, second));
    const TaskHandle<> three = async::spawn(take(budget, 60, third));
    co_await next_round();
    charge.reset();
    co_await two;
    EXPECT_TRUE(one.is_done());
    co_await next_round();
    EXPECT_FALSE(three.is_done());
    first.reset();
    co_await three;
  }());
}

TEST(MemoryBudget, CountsWhatIsStillArriving) {
  async::run([]() -> Task<> {
    std::size_t arriving = 95;
    MemoryBudget budget(100, [&arriving] { return arriving; });
    std::optional charge(budget.charge(10));
    std::optional<MemoryBudget::Charge> waiting;
    const TaskHandle<> task = async::spawn(take(budget, 1, waiting));
    co_await next_round();
    EXPECT_FALSE(task.is_done());
    arriving = 0;
    charge->set(99);
    co_await task;
  }());
}

// However small the budget is: else nothing would ever run.
TEST(MemoryBudget, AlwaysLetsOneStart) {
  async::run([]() -> Task<> {
    MemoryBudget budget(0);
    std::optional<MemoryBudget::Charge> first;
    std::optional<MemoryBudget::Charge> second;
    co_await take(budget, 60, first);
    const TaskHandle<> two = async::spawn(take(budget, 60, second));
    co_await next_round();
    EXPECT_FALSE(two.is_done());
    first.reset();
    co_await two;
  }());
}

TEST(MemoryBudget, LosesNoRoomToOneThatIsCancelled) {
  async::run([]() -> Task<> {
    MemoryBudget budget(100);
    std::optional charge(budget.charge(100));
    std::optional<MemoryBudget::Charge> first;
    std::optional<MemoryBudget::Charge> second;
    const TaskHandle<> one = async::spawn(take(budget, 60, first));
    const TaskHandle<> two = async::spawn(take(budget, 60, second));
    co_await next_round();
    charge.reset();
    one.cancel();
    co_await two;
    EXPECT_TRUE(one.was_cancelled());
    EXPECT_EQ(budget.charged(), 60U);
  }());
}

}  // namespace
}  // namespace crawler
