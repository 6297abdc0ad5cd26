#include "crawler/async/wait.h"

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

TEST(Wait, W01_ForNothingIsAnError) {
  in_virtual_time(
      []() -> Task<> { EXPECT_THROW(co_await wait(std::vector<TaskHandle<>>()), std::invalid_argument); });
}

TEST(Wait, W02_TimeoutIsNoErrorAndCancelsNothing) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> ends = spawn(tick(0));
    const TaskHandle<> never = spawn(forever());
    const std::vector<TaskHandle<>> both = {ends, never};
    const Waited<void> waited = co_await wait(both, {.timeout = 10ms});
    EXPECT_THAT(states_of(waited.done), ElementsAre(&ends.task()));
    EXPECT_THAT(states_of(waited.pending), ElementsAre(&never.task()));
    EXPECT_FALSE(never.is_done());
    EXPECT_EQ(never.cancelling(), 0);
    EXPECT_EQ(this_task().cancelling(), 0);
  });
}

TEST(Wait, W03_UntilTheFirstIsCompleted) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> both = {spawn(forever()), spawn(tick(1))};
    const Waited<void> waited = co_await wait(both, {.until = WaitUntil::first_completed});
    EXPECT_THAT(states_of(waited.done), ElementsAre(&both[1].task()));
    EXPECT_THAT(states_of(waited.pending), ElementsAre(&both[0].task()));
  });
}

TEST(Wait, W04_UntilTheFirstException) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> three = {spawn(tick(1)), spawn(fail("x", 3)), spawn(forever())};
    const Waited<void> waited = co_await wait(three, {.until = WaitUntil::first_exception});
    EXPECT_EQ(waited.done.size(), 2U);
    EXPECT_THAT(states_of(waited.pending), ElementsAre(&three[2].task()));
    EXPECT_EQ(describe(three[1].exception()), "x");
  });
}

TEST(Wait, W05_NeverThrowsWhatATaskThrew) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(fail("x"))};
    const Waited<void> waited = co_await wait(tasks);
    EXPECT_EQ(describe(waited.done.at(0).exception()), "x");
  });
}

TEST(Wait, W06_CancellationLeavesTheTasksAlone) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(forever())};
    const auto waiting = spawn(wait(tasks));
    co_await tick(2);
    waiting.cancel();
    co_await end_of(waiting);
    EXPECT_TRUE(waiting.was_cancelled());
    EXPECT_FALSE(tasks[0].is_done());
    EXPECT_EQ(tasks[0].cancelling(), 0);
  });
}

TEST(Wait, W07_UntilTheFirstExceptionDoesNotCountACancellation) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> both = {spawn(forever()), spawn(tick(5))};
    co_await tick();
    both[0].cancel();
    const Waited<void> waited = co_await wait(both, {.until = WaitUntil::first_exception});
    EXPECT_EQ(waited.done.size(), 2U);
  });
}

TEST(Wait, W08_TimeoutOfZeroLooksOnce) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(forever())};
    const TimePoint begin = now();
    const Waited<void> waited = co_await wait(tasks, {.timeout = 0s});
    EXPECT_THAT(waited.done, IsEmpty());
    EXPECT_EQ(waited.pending.size(), 1U);
    EXPECT_EQ(now(), begin);
  });
}

TEST(Wait, ForWhatHasEndedCostsNoRound) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<int>> tasks = {spawn(value(1)), spawn(value(2))};
    co_await wait(tasks);
    const TaskHandle<> next_round = spawn(tick(0));
    const Waited<int> waited = co_await wait(tasks, {.until = WaitUntil::first_completed});
    EXPECT_EQ(waited.done.size(), 2U);
    EXPECT_FALSE(next_round.is_done());
  });
}

TEST(Wait, RepeatedWithTimeoutsOnOneTaskLeavesNothingBehindInIt) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> never = {spawn(forever())};
    for (int i = 0; i < 3; ++i) co_await wait(never, {.timeout = 1ms});
    never[0].cancel();  // whoever still watched it would be a frame that has gone
    const Waited<void> waited = co_await wait(never);
    EXPECT_TRUE(waited.done.at(0).was_cancelled());
  });
}

TEST(Wait, ManyMayWaitForOneTask) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<int>> tasks = {spawn(value(1, 5))};
    const auto first = spawn(wait(tasks));
    const auto second = spawn(wait(tasks));
    co_await tick(2);
    first.cancel();
    const Waited<int>& waited = co_await second;
    EXPECT_EQ(waited.done.at(0).result(), 1);
  });
}

}  // namespace
}  // namespace crawler::async
