#include "crawler/async/as_completed.h"

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

TEST(AsCompleted, D04_GivesTasksInTheOrderInWhichTheyEnd) {
  in_virtual_time([]() -> Task<> {
    Log log;
    std::vector<TaskHandle<std::string>> tasks;
    tasks.push_back(spawn(value(std::string("slow"), 6)));
    tasks.push_back(spawn(value(std::string("fast"), 1)));
    tasks.push_back(spawn(value(std::string("mid"), 3)));
    auto ended = as_completed(tasks);
    while (const auto task = co_await ended.next()) log.push_back(co_await *task);
    EXPECT_THAT(log, ElementsAre("fast", "mid", "slow"));
  });
}

TEST(AsCompleted, D05_TimeoutIsThrownAndCancelsNothing) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(tick(0)), spawn(forever())};
    auto ended = as_completed(tasks, 10ms);
    const auto first = co_await ended.next();
    EXPECT_EQ(&first->task(), &tasks[0].task());
    EXPECT_THROW(co_await ended.next(), TimedOut);
    EXPECT_FALSE(tasks[1].is_done());
    EXPECT_EQ(tasks[1].cancelling(), 0);
    const auto after = co_await ended.next();
    EXPECT_FALSE(after);
  });
}

TEST(AsCompleted, OfNothingGivesNothing) {
  in_virtual_time([]() -> Task<> {
    auto ended = as_completed(std::vector<TaskHandle<>>());
    const auto none = co_await ended.next();
    EXPECT_FALSE(none);
  });
}

TEST(AsCompleted, GivesFailedTasksToo) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(fail("x", 2)), spawn(tick(0))};
    auto ended = as_completed(tasks);
    const auto first = co_await ended.next();
    const auto second = co_await ended.next();
    co_await *first;
    EXPECT_THROW(co_await *second, std::runtime_error);
  });
}

TEST(AsCompleted, TimeoutIsOfAllTogether) {
  in_virtual_time([]() -> Task<> {
    std::vector<TaskHandle<>> tasks;
    for (int i = 1; i <= 5; ++i) tasks.push_back(start([i]() -> Task<> { co_await sleep(i * 10ms); }));
    int given = 0;
    auto ended = as_completed(tasks, 35ms);
    const auto take_all = [&]() -> Task<> {
      while (const auto task = co_await ended.next()) ++given;
    };
    EXPECT_THROW(co_await take_all(), TimedOut);
    EXPECT_EQ(given, 3);
  });
}

TEST(AsCompleted, MayBeLeftWhileTasksRun) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> never = spawn(forever());
    {
      auto ended = as_completed(std::vector<TaskHandle<>>{spawn(tick(0)), never});
      const auto first = co_await ended.next();
      EXPECT_TRUE(first->is_done());
    }
    never.cancel();
    co_await end_of(never);
    EXPECT_TRUE(never.was_cancelled());
  });
}

TEST(AsCompleted, CancellationOfTheConsumerLeavesTheTasksAlone) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(forever())};
    const auto consumer = start([&]() -> Task<> {
      auto ended = as_completed(tasks);
      co_await ended.next();
    });
    co_await tick(2);
    consumer.cancel();
    co_await end_of(consumer);
    EXPECT_TRUE(consumer.was_cancelled());
    EXPECT_FALSE(tasks[0].is_done());
  });
}

}  // namespace
}  // namespace crawler::async
