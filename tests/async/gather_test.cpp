#include "crawler/async/gather.h"

#include <algorithm>
#include <memory>

#include "crawler/async/timeout.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

template <class T>
std::string error_of(const Outcome<T>& outcome) {
  return outcome.error() == nullptr ? "none" : describe(*outcome.error());
}

/// Gathers the tasks in a task of its own, which has begun to wait.
Task<TaskHandle<>> start_gather(std::vector<TaskHandle<>> tasks) {
  const TaskHandle<> gathering = spawn(gather(std::move(tasks)));
  co_await tick(2);
  co_return gathering;
}

TEST(Gather, G01_GivesResultsInTheOrderOfItsArguments) {
  in_virtual_time([]() -> Task<> {
    const std::tuple<int, std::string, int> results =
        co_await gather(value(1, 3), value(std::string("2"), 1), value(3, 2));
    EXPECT_EQ(results, std::tuple(1, "2", 3));
    std::vector<Task<int>> tasks;
    for (int i = 1; i <= 3; ++i) tasks.push_back(value(i, 4 - i));
    const std::vector<int> numbers = co_await gather(std::move(tasks));
    EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
  });
}

TEST(Gather, G02_OfNothingGivesNothing) {
  in_virtual_time([]() -> Task<> {
    const std::tuple<> nothing = co_await gather();
    EXPECT_EQ(nothing, std::tuple<>());
    const std::vector<int> none = co_await gather(std::vector<Task<int>>());
    EXPECT_THAT(none, IsEmpty());
    co_await gather(std::vector<TaskHandle<>>());
  });
}

TEST(Gather, G03_ThrowsTheFirstErrorAtOnceAndTheOthersGoOn) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const TaskHandle<> other = start([&]() -> Task<> {
      co_await tick(4);
      log.push_back("done");
    });
    EXPECT_THROW(co_await gather(fail("a"), other), std::runtime_error);
    EXPECT_THAT(log, IsEmpty());
    co_await other;
    EXPECT_THAT(log, ElementsAre("done"));
  });
}

TEST(Gather, G04_OutcomesGiveErrorsAsValues) {
  in_virtual_time([]() -> Task<> {
    const std::tuple<Outcome<int>, Outcome<void>> both = co_await gather_outcomes(value(1), fail("a"));
    EXPECT_EQ(std::get<0>(both).value(), 1);
    EXPECT_EQ(error_of(std::get<1>(both)), "a");
    std::vector<Task<>> tasks;
    tasks.push_back(fail("b", 3));
    tasks.push_back(tick());
    const std::vector<Outcome<void>> outcomes = co_await gather_outcomes(std::move(tasks));
    EXPECT_EQ(error_of(outcomes[0]), "b");
    EXPECT_EQ(error_of(outcomes[1]), "none");
  });
}

TEST(Gather, G05_CancellationCancelsItsTasks) {
  in_virtual_time([]() -> Task<> {
    const std::vector<TaskHandle<>> tasks = {spawn(forever()), spawn(forever())};
    const TaskHandle<> gathering = co_await start_gather(tasks);
    gathering.cancel();
    co_await end_of(gathering);
    EXPECT_TRUE(gathering.was_cancelled());
    EXPECT_TRUE(tasks[0].was_cancelled());
    EXPECT_TRUE(tasks[1].was_cancelled());
  });
}

TEST(Gather, G06_CancellationIsNoOutcome) {
  in_virtual_time([]() -> Task<> {
    const auto gathering = spawn(gather_outcomes(forever()));
    co_await tick(2);
    gathering.cancel();
    co_await end_of(gathering);
    EXPECT_TRUE(gathering.was_cancelled());
  });
}

TEST(Gather, G07_CancellationOfOneTaskIsThrownAndTheOthersGoOn) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> cancelled = spawn(forever());
    const TaskHandle<int> other = spawn(value(1, 5));
    const auto gathering = spawn(gather(cancelled, other));
    co_await tick(2);
    cancelled.cancel();
    EXPECT_THROW(co_await gathering, Cancelled);
    EXPECT_EQ(this_task().cancelling(), 0);
    EXPECT_EQ(gathering.cancelling(), 0);
    const int result = co_await other;
    EXPECT_EQ(result, 1);
  });
}

TEST(Gather, G08_CancellationOfOneTaskIsAnOutcome) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> cancelled = spawn(forever());
    const auto gathering = spawn(gather_outcomes(cancelled, value(2)));
    co_await tick();
    cancelled.cancel();
    const auto& outcomes = co_await gathering;
    EXPECT_EQ(error_of(std::get<0>(outcomes)), "cancelled");
    EXPECT_EQ(std::get<1>(outcomes).value(), 2);
  });
}

TEST(Gather, G09_LaterErrorsAreDroppedUnreported) {
  const Log reported = reported_in([]() -> Task<> {
    EXPECT_THROW(co_await gather(fail("first", 1), fail("second", 2)), std::runtime_error);
    co_await tick(4);
  });
  EXPECT_THAT(reported, IsEmpty());
}

TEST(Gather, G10_TakesATaskTwice) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> task = spawn(value(4));
    const std::tuple<int, int> results = co_await gather(task, task);
    EXPECT_EQ(results, std::tuple(4, 4));
    const std::vector<TaskHandle<int>> twice = {task, task};
    const std::vector<int> ended_before = co_await gather(twice);
    EXPECT_THAT(ended_before, ElementsAre(4, 4));
  });
}

TEST(Gather, MovesWhatCannotBeCopied) {
  in_virtual_time([]() -> Task<> {
    const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    const auto made = co_await gather(make(), tick());
    EXPECT_EQ(*std::get<0>(made), 5);
    std::vector<Task<std::unique_ptr<int>>> tasks;
    tasks.push_back(make());
    const auto all = co_await gather(std::move(tasks));
    EXPECT_EQ(*all[0], 5);
  });
}

TEST(Gather, NeverAwaitedRunsNothing) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto body = [&]() -> Task<> {
      log.push_back("run");
      co_return;
    };
    { const auto gathering = gather(body(), body()); }
    co_await tick();
    EXPECT_THAT(log, IsEmpty());
  });
}

TEST(Gather, CancelledItWaitsForTheCleanUpOfItsTasks) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto slow = [&]() -> Task<> {
      std::exception_ptr cancellation;
      try {
        co_await forever();
      } catch (const Cancelled&) {
        cancellation = std::current_exception();
      }
      co_await sleep(1s);
      log.push_back("clean");
      std::rethrow_exception(cancellation);
    };
    const auto gathering = spawn(gather(slow(), forever()));
    co_await tick(2);
    gathering.cancel("why");
    EXPECT_THROW(co_await gathering, Cancelled);
    EXPECT_THAT(log, ElementsAre("clean"));
    EXPECT_EQ(gathering.task().cancel_message(), "why");
  });
}

TEST(Gather, CancellationThatAllTasksSwallowIsThrownAllTheSame) {
  in_virtual_time([]() -> Task<> {
    const auto swallow = []() -> Task<int> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
      }
      co_return 1;
    };
    const auto gathering = spawn(gather(swallow(), swallow()));
    co_await tick(2);
    gathering.cancel();
    EXPECT_THROW(co_await gathering, Cancelled);
  });
}

TEST(Gather, CancellationThatATaskReplacesIsThatError) {
  in_virtual_time([]() -> Task<> {
    const auto replace = []() -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
        throw std::runtime_error("x");
      }
    };
    const auto gathering = spawn(gather(replace(), forever()));
    co_await tick(2);
    gathering.cancel();
    EXPECT_THROW(co_await gathering, std::runtime_error);
  });
}

TEST(Gather, CancellationInTheRoundOfAFailureWins) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> never = spawn(forever());
    const TaskHandle<> failing = spawn(fail("a", 3));
    std::vector<TaskHandle<>> tasks = {failing, never};
    const TaskHandle<> gathering = co_await start_gather(std::move(tasks));
    while (!failing.is_done()) co_await tick();
    EXPECT_FALSE(gathering.is_done());
    gathering.cancel();
    co_await end_of(gathering);
    EXPECT_TRUE(gathering.was_cancelled());
    EXPECT_TRUE(never.was_cancelled());
  });
}

TEST(Gather, SecondCancellationReachesItsTasksToo) {
  in_virtual_time([]() -> Task<> {
    int cancelled = 0;
    const auto stubborn = [&]() -> Task<> {
      for (; cancelled < 2; ++cancelled) {
        try {
          co_await forever();
        } catch (const Cancelled&) {
        }
      }
    };
    const auto gathering = spawn(gather(stubborn()));
    co_await tick(2);
    gathering.cancel();
    co_await tick(3);
    EXPECT_FALSE(gathering.is_done());
    gathering.cancel();
    co_await end_of(gathering);
    EXPECT_EQ(cancelled, 2);
    EXPECT_TRUE(gathering.was_cancelled());
  });
}

TEST(Gather, TimeoutAroundItCancelsItsTasks) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> task = spawn(forever());
    const auto gather_it = [&](Timeout&) -> Task<> { co_await gather(task, forever()); };
    EXPECT_THROW(co_await timeout(1s, gather_it), TimedOut);
    EXPECT_TRUE(task.was_cancelled());
  });
}

// It was passed round and round, and the loop never came to rest.
TEST(Gather, CancellationEndsACircleWithATaskThatAwaitsTheGatherer) {
  in_virtual_time([]() -> Task<> {
    std::vector<TaskHandle<>> gatherer;
    const auto await_gatherer = [&]() -> Task<> { co_await gatherer.front(); };
    const auto gather_it = [&]() -> Task<> { co_await gather(await_gatherer(), forever()); };
    gatherer.push_back(spawn(gather_it()));
    co_await tick(3);
    gatherer.front().cancel();
    co_await end_of(gatherer.front());
    EXPECT_TRUE(gatherer.front().was_cancelled());
  });
}

TEST(Gather, OfManyTasksGivesAllResultsInOrder) {
  in_virtual_time([]() -> Task<> {
    std::vector<Task<int>> tasks;
    for (int i = 0; i < 10'000; ++i) tasks.push_back(value(i, i % 7));
    const std::vector<int> results = co_await gather(std::move(tasks));
    EXPECT_EQ(results.size(), 10'000U);
    EXPECT_TRUE(std::ranges::is_sorted(results));
  });
}

}  // namespace
}  // namespace crawler::async
