#include "crawler/async/wait_for.h"

#include <memory>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// When cancelled it takes some time to clean up, and ends as cancelled.
Task<> clean_up_slowly(Log& log, Duration duration) {
  std::exception_ptr cancellation;
  try {
    co_await forever();
  } catch (const Cancelled&) {
    cancellation = std::current_exception();
  }
  co_await sleep(duration);
  log.push_back("clean");
  std::rethrow_exception(cancellation);
}

TEST(WaitFor, O01_GivesTheResult) {
  in_virtual_time([]() -> Task<> {
    const int of_task = co_await wait_for(value(3), 1s);
    const int of_handle = co_await wait_for(spawn(value(4)), 1s);
    EXPECT_EQ(of_task, 3);
    EXPECT_EQ(of_handle, 4);
  });
}

TEST(WaitFor, O02_CancelsAndAwaitsTheCleanUpBeforeItThrows) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const TimePoint begin = now();
    EXPECT_THROW(co_await wait_for(clean_up_slowly(log, 20ms), 10ms), TimedOut);
    EXPECT_THROW(co_await wait_for(spawn(clean_up_slowly(log, 20ms)), 10ms), TimedOut);
    EXPECT_THAT(log, ElementsAre("clean", "clean"));
    EXPECT_EQ(now() - begin, 60ms);
  });
}

TEST(WaitFor, O03_WithNoTimeNeverStarts) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto body = [&]() -> Task<> {
      log.push_back("run");
      co_return;
    };
    EXPECT_THROW(co_await wait_for(body(), 0s), TimedOut);
    EXPECT_THROW(co_await wait_for(spawn(body()), 0s), TimedOut);
    EXPECT_THAT(log, IsEmpty());
  });
}

TEST(WaitFor, O04_WithNoTimeGivesTheResultOfATaskThatHasEnded) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> task = spawn(value(5));
    co_await task;
    const int result = co_await wait_for(task, 0s);
    EXPECT_EQ(result, 5);
  });
}

TEST(WaitFor, O05_GivesTheValueOfATaskThatSwallowsItsCancellation) {
  in_virtual_time([]() -> Task<> {
    const auto swallow = []() -> Task<std::string> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
      }
      co_return "late";
    };
    const std::string of_task = co_await wait_for(swallow(), 10ms);
    const TaskHandle<std::string> started = spawn(swallow());
    co_await tick();
    const std::string at_once = co_await wait_for(started, 0s);
    EXPECT_EQ(of_task, "late");
    EXPECT_EQ(at_once, "late");
  });
}

TEST(WaitFor, O06_ThrowsTheErrorThatReplacesItsCancellation) {
  in_virtual_time([]() -> Task<> {
    const auto replace = []() -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
        throw std::invalid_argument("z");
      }
    };
    EXPECT_THROW(co_await wait_for(replace(), 10ms), std::invalid_argument);
    EXPECT_THROW(co_await wait_for(spawn(replace()), 10ms), std::invalid_argument);
  });
}

TEST(WaitFor, O07_CancellationFromOutsideStaysOne) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> inner = spawn(forever());
    const TaskHandle<> waiting = spawn(wait_for(inner, 10s));
    co_await tick(2);
    waiting.cancel();
    co_await end_of(waiting);
    EXPECT_TRUE(waiting.was_cancelled());
    EXPECT_TRUE(inner.was_cancelled());
  });
}

TEST(WaitFor, GivesWhatCannotBeCopied) {
  in_virtual_time([]() -> Task<> {
    const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    const auto made = co_await wait_for(make(), 1s);
    EXPECT_EQ(*made, 5);
  });
}

}  // namespace
}  // namespace crawler::async
