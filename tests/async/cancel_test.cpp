#include <optional>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// Waits until it is cancelled, and takes that as a result.
Task<int> swallow_cancel(int result) {
  try {
    co_await forever();
  } catch (const Cancelled&) {
  }
  co_return result;
}

TEST(Cancel, C01_BeforeTheStartTheBodyNeverRuns) {
  in_virtual_time([]() -> Task<> {
    bool has_run = false;
    const auto task = start([&]() -> Task<> {
      has_run = true;
      co_return;
    });
    EXPECT_TRUE(task.cancel());
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_FALSE(has_run);
  });
}

TEST(Cancel, C02_IsDeliveredInALaterRound) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const TaskHandle<> task = spawn(log_cancel(log, "c"));
    co_await tick();
    EXPECT_TRUE(task.cancel());
    EXPECT_THAT(log, IsEmpty());
    EXPECT_FALSE(task.was_cancelled());
    EXPECT_FALSE(task.is_done());
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("c"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Cancel, C03_OfItselfIsThrownAtTheNextAwait) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = start([&]() -> Task<> {
      this_task().cancel();
      log.push_back("still");
      co_await sleep(0s);
      log.push_back("no");
    });
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_THAT(log, ElementsAre("still"));
  });
}

TEST(Cancel, C04_OfItselfCountsWithoutAnotherAwait) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<int> {
      this_task().cancel();
      co_return 5;
    });
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
  });
}

// Or code that means to survive errors would take a cancellation for one.
static_assert(!std::derived_from<Cancelled, std::exception>);

TEST(Cancel, C05_MayBeSwallowed) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> task = spawn(swallow_cancel(9));
    co_await tick();
    task.cancel();
    const int result = co_await task;
    EXPECT_EQ(result, 9);
    EXPECT_FALSE(task.was_cancelled());
    EXPECT_EQ(task.cancelling(), 1);
  });
}

TEST(Cancel, IsThrownAlsoInTheOutermostFrame) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto nap = [&]() -> Task<int> {
      try {
        co_await sleep(1h);
      } catch (const Cancelled&) {
        log.push_back("c");
      }
      co_return 9;
    };
    const TaskHandle<int> task = spawn(nap());
    co_await tick();
    task.cancel();
    const int result = co_await task;
    EXPECT_EQ(result, 9);
    EXPECT_THAT(log, ElementsAre("c"));
  });
}

TEST(Cancel, C06_OfAnEndedTaskIsFalse) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> task = spawn(value(1));
    co_await task;
    EXPECT_FALSE(task.cancel());
    EXPECT_EQ(task.cancelling(), 0);
  });
}

TEST(Cancel, C07_MayBeReplacedByAnotherError) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
        throw std::invalid_argument("x");
      }
    });
    co_await tick();
    task.cancel();
    EXPECT_THROW(co_await task, std::invalid_argument);
    EXPECT_FALSE(task.was_cancelled());
  });
}

TEST(Cancel, C08_CleanUpMayAwait) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = start([&]() -> Task<> {
      std::exception_ptr cancelled;
      try {
        co_await forever();
      } catch (const Cancelled&) {
        cancelled = std::current_exception();
      }
      co_await tick(2);
      log.push_back("cleaned up");
      std::rethrow_exception(cancelled);
    });
    co_await tick();
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("cleaned up"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Cancel, C09_TwoRequestsBeforeDeliveryThrowOnce) {
  in_virtual_time([]() -> Task<> {
    int thrown = 0;
    const auto task = start([&]() -> Task<> {
      for (int i = 0; i < 3; ++i) {
        try {
          co_await sleep(10ms);
        } catch (const Cancelled&) {
          ++thrown;
        }
      }
    });
    co_await tick();
    task.cancel();
    task.cancel();
    co_await task;
    EXPECT_EQ(thrown, 1);
    EXPECT_EQ(task.cancelling(), 2);
  });
}

TEST(Cancel, C09_OfTwoRequestsTheFirstIsThrown) {
  in_virtual_time([]() -> Task<> {
    std::string message;
    const auto task = start([&]() -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled& cancelled) {
        message = cancelled.message;
      }
    });
    co_await tick();
    task.cancel("first");
    task.cancel("second");
    co_await task;
    EXPECT_EQ(message, "first");
  });
}

TEST(Cancel, C10_LeavesTheAwaitsFromTheInnermostOut) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto outer = [&]() -> Task<> {
      try {
        co_await log_cancel(log, "inner");
      } catch (const Cancelled&) {
        log.push_back("outer");
        throw;
      }
    };
    const TaskHandle<> task = spawn(outer());
    co_await tick();
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("inner", "outer"));
  });
}

TEST(Cancel, C11_OfTheAwaiterCancelsTheAwaitedTask) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> awaited = spawn(forever());
    const auto task = start([&]() -> Task<> { co_await awaited; });
    co_await tick(2);
    task.cancel();
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_TRUE(awaited.was_cancelled());
  });
}

TEST(Cancel, C12_OfTheAwaitedTaskIsThrownToItsAwaiterWhoIsNotCancelled) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> awaited = spawn(forever());
    co_await tick();
    awaited.cancel();
    EXPECT_THROW(co_await awaited, Cancelled);
    EXPECT_EQ(this_task().cancelling(), 0);
    co_await sleep(1s);
  });
}

TEST(Cancel, C13_IsTakenBackByAsManyUncancels) {
  in_virtual_time([]() -> Task<> {
    TaskState& self = this_task();
    self.cancel();
    self.cancel();
    EXPECT_EQ(self.cancelling(), 2);
    EXPECT_EQ(self.uncancel(), 1);
    EXPECT_EQ(self.uncancel(), 0);
    EXPECT_EQ(self.uncancel(), 0);
    co_await sleep(0s);
  });
}

TEST(Cancel, C14_WinsOverAWakeUpOfTheSameRound) {
  in_virtual_time([]() -> Task<> {
    Log log;
    WaitList line;
    const auto task = start([&]() -> Task<> {
      try {
        co_await line.wait("its turn");
        log.push_back("woken");
      } catch (const Cancelled&) {
        log.push_back("c");
        throw;
      }
    });
    co_await tick();
    EXPECT_TRUE(line.wake_one());
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("c"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Cancel, C15_CarriesItsMessage) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> task = spawn(forever());
    co_await tick();
    task.cancel("why");
    std::string message;
    try {
      co_await task;
    } catch (const Cancelled& cancelled) {
      message = cancelled.message;
    }
    EXPECT_EQ(message, "why");
  });
}

TEST(Cancel, CarriesItsMessageDownToTheAwaitedTaskAndBackUp) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> awaited = spawn(forever());
    const auto task = start([&]() -> Task<> { co_await awaited; });
    co_await tick(2);
    task.cancel("why");
    co_await end_of(task);
    EXPECT_EQ(awaited.task().cancel_message(), "why");
    EXPECT_EQ(task.task().cancel_message(), "why");
  });
}

TEST(Cancel, ThrownByTheBodyItselfEndsTheTaskAsCancelled) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<> {
      throw Cancelled{"own"};
      co_return;
    });
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_EQ(task.task().cancel_message(), "own");
    EXPECT_EQ(task.cancelling(), 0);
  });
}

TEST(Cancel, CannotBeTakenBackOnceTheWaitIsGivenUp) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<> { co_await sleep(1h); });
    co_await tick();
    const TimePoint before = now();
    task.cancel();
    task.task().uncancel();
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_EQ(now(), before);
  });
}

TEST(Cancel, OfATaskThatIsToEndAnywayInTheSameRoundStillCounts) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> awaited = spawn(value(1, 1));
    const auto task = start([&]() -> Task<int> { co_return co_await awaited; });
    while (!awaited.is_done()) co_await tick();
    EXPECT_TRUE(task.cancel());
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Cancel, OfItselfPassesToTheTaskThatItAwaitsNext) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> awaited = spawn(forever());
    const auto task = start([&]() -> Task<> {
      this_task().cancel();
      co_await awaited;
    });
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_TRUE(awaited.was_cancelled());
  });
}

TEST(Cancel, ThatTheAwaitedTaskSwallowsIsNotThrown) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> awaited = spawn(swallow_cancel(4));
    const auto task = start([&]() -> Task<int> { co_return co_await awaited; });
    co_await tick(2);
    task.cancel();
    const int result = co_await task;
    EXPECT_EQ(result, 4);
    EXPECT_EQ(task.cancelling(), 1);
  });
}

TEST(Cancel, UnwindsALongLineOfTasksThatAwaitEachOther) {
  in_virtual_time([]() -> Task<> {
    const int length = 100'000;
    std::vector<TaskHandle<>> line;
    line.push_back(spawn(forever()));
    for (int i = 1; i < length; ++i)
      line.push_back(start([awaited = line.back()]() -> Task<> { co_await awaited; }));
    co_await tick();
    line.back().cancel();
    co_await end_of(line.back());
    int cancelled = 0;
    for (const TaskHandle<>& task : line) cancelled += task.was_cancelled();
    EXPECT_EQ(cancelled, length);
  });
}

class Circle {
 public:
  explicit Circle(int size) {
    for (int i = 0; i < size; ++i) tasks_.push_back(spawn(await_the_next(i)));
  }
  const std::vector<TaskHandle<>>& tasks() const { return tasks_; }

 private:
  Task<> await_the_next(int i) {
    const TaskHandle<> next = tasks_[static_cast<std::size_t>(i + 1) % tasks_.size()];
    co_await next;
  }
  std::vector<TaskHandle<>> tasks_;
};

TEST(Cancel, CutsACircleOfTasksThatAwaitEachOther) {
  in_virtual_time([]() -> Task<> {
    for (const int size : {2, 3, 10}) {
      const Circle circle(size);
      const auto outside = start([&]() -> Task<> { co_await circle.tasks().front(); });
      co_await tick(2);
      outside.cancel();
      co_await end_of(outside);
      EXPECT_TRUE(outside.was_cancelled());
      for (const TaskHandle<>& task : circle.tasks()) EXPECT_TRUE(task.was_cancelled());
    }
  });
}

TEST(Cancel, OfATaskThatClosesACircleItselfIsThrown) {
  in_virtual_time([]() -> Task<> {
    std::optional<TaskHandle<>> second;
    const auto first = start([&]() -> Task<> {
      co_await tick(2);
      this_task().cancel();
      co_await *second;
    });
    second = start([&]() -> Task<> { co_await first; });
    co_await end_of(first);
    co_await end_of(*second);
    EXPECT_TRUE(first.was_cancelled());
    EXPECT_TRUE(second->was_cancelled());
  });
}

TEST(Cancel, DestroysTheFrameOfATaskThatNeverStarted) {
  in_virtual_time([]() -> Task<> {
    const auto held = std::make_shared<int>(1);
    const auto holds = [](std::shared_ptr<int>) -> Task<> { co_await forever(); };
    const TaskHandle<> task = spawn(holds(held));
    task.cancel();
    co_await end_of(task);
    EXPECT_EQ(held.use_count(), 1);
  });
}

}  // namespace
}  // namespace crawler::async
