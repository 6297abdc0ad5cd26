#include "crawler/async/task_monitor.h"

#include <csignal>
#include <poll.h>
#include <thread>
#include <unistd.h>

#include "crawler/async/future.h"
#include "crawler/async/semaphore.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// Runs the body with a monitor on a virtual clock; gives what the monitor told.
template <class Body>
Log told_in(Body body, MonitorOptions options = {}) {
  Log told;
  VirtualClock clock;
  EventLoop loop(clock);
  const auto main = [&]() -> Task<> {
    const TaskMonitor monitor(options, [&](std::string_view report) { told.emplace_back(report); });
    co_await body(clock, monitor);
  };
  run(loop, main());
  return told;
}

/// Raises the signal, and waits until the monitor has told something of it.
Log told_on_signal(const auto& body) {
  Log told;
  in_real_time([&]() -> Task<> {
    Future<> has_told;
    const TaskMonitor monitor({.signal = SIGUSR2}, [&](std::string_view report) {
      told.emplace_back(report);
      if (!has_told.is_done()) has_told.set_value();
    });
    body();
    co_await has_told;
  });
  return told;
}

TEST(TaskMonitor, TellsOfAStepThatHoldsUpTheLoop) {
  const Log told = told_in([](VirtualClock& clock, const TaskMonitor& monitor) -> Task<> {
    Semaphore none(0);
    const auto wait = [&]() -> Task<> { const auto permit = co_await none.acquire(); };
    const auto block = [&]() -> Task<> {
      hold_up_loop(clock, 150ms);
      co_await forever();
    };
    const TaskHandle<> waiter = spawn(wait(), "waiter");
    const TaskHandle<> blocker = spawn(block(), "blocker");
    co_await tick(3);
    EXPECT_EQ(monitor.long_steps(), 1);
    for (const TaskHandle<>& task : {waiter, blocker}) {
      task.cancel();
      co_await end_of(task);
    }
  });
  EXPECT_THAT(told, ElementsAre("blocker held up the loop for 150 ms. 3 tasks:\n"
                                "  main waits for its turn\n"
                                "  waiter waits for a permit\n"
                                "  blocker waits for nothing\n"));
}

TEST(TaskMonitor, NamesTheTaskThatATaskWaitsFor) {
  const Log told = told_in([](VirtualClock& clock, const TaskMonitor&) -> Task<> {
    const TaskHandle<> inner = spawn(forever(), "inner");
    const auto wait = [&]() -> Task<> { co_await inner; };
    const TaskHandle<> outer = spawn(wait(), "outer");
    co_await tick(2);
    hold_up_loop(clock, 1s);
    co_await tick();
  });
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0], HasSubstr("main held up the loop for 1000 ms."));
  EXPECT_THAT(told[0], HasSubstr("outer waits for another task: inner\n"));
}

TEST(TaskMonitor, TellsOfACallbackThatHoldsUpTheLoop) {
  const Log told = told_in([](VirtualClock& clock, const TaskMonitor&) -> Task<> {
    EventLoop::current().call_soon([&] { hold_up_loop(clock, 100ms); });
    co_await tick(2);
  });
  EXPECT_THAT(told, ElementsAre(HasSubstr("a callback held up the loop for 100 ms.")));
}

TEST(TaskMonitor, TellsOfAPostedCallbackAndOfOneAtATasksEnd) {
  const Log told = told_in([](VirtualClock& clock, const TaskMonitor&) -> Task<> {
    EventLoop::current().post([&] { hold_up_loop(clock, 100ms); });
    co_await sleep(1s);
    const TaskHandle<int> task = spawn(value(1));
    task.task().on_done([&](TaskState&) { hold_up_loop(clock, 200ms); });
    co_await sleep(1s);
  });
  EXPECT_THAT(told, ElementsAre(HasSubstr("a callback held up the loop for 100 ms."),
                                HasSubstr("a callback held up the loop for 200 ms.")));
}

TEST(TaskMonitor, TellsOfTheStepInWhichItWasMade) {
  const Log told = told_in([](VirtualClock& clock, const TaskMonitor&) -> Task<> {
    hold_up_loop(clock, 150ms);
    co_await tick();
  });
  EXPECT_THAT(told, ElementsAre(HasSubstr("main held up the loop for 150 ms.")));
}

TEST(TaskMonitor, IsSilentWhereNoStepIsLongHoweverLongTheLoopWaits) {
  const Log told = told_in([](VirtualClock& clock, const TaskMonitor& monitor) -> Task<> {
    for (int i = 0; i < 20; ++i) {
      hold_up_loop(clock, 99ms);
      co_await sleep(1h);
    }
    EXPECT_EQ(monitor.long_steps(), 0);
  });
  EXPECT_THAT(told, IsEmpty());
}

TEST(TaskMonitor, OnlyCountsLongStepsIfToldTo) {
  const auto hold_up = [](VirtualClock& clock, const TaskMonitor& monitor) -> Task<> {
    hold_up_loop(clock, 1s);
    co_await tick();
    EXPECT_EQ(monitor.long_steps(), 1);
  };
  EXPECT_THAT(told_in(hold_up, {.tells_long_steps = false}), IsEmpty());
}

TEST(TaskMonitor, TellsOfItsTasksOnASignal) {
  const Log told = told_on_signal([] { raise(SIGUSR2); });
  EXPECT_THAT(told, ElementsAre("1 task:\n  main waits for a future\n"));
}

TEST(TaskMonitor, HearsASignalThatAnotherThreadGets) {
  const Log told = told_on_signal([] { std::thread([] { raise(SIGUSR2); }).join(); });
  EXPECT_THAT(told, ElementsAre("1 task:\n  main waits for a future\n"));
}

/// What is written to stderr while the body runs.
std::string stderr_of(const auto& body) {
  testing::internal::CaptureStderr();
  body();
  return testing::internal::GetCapturedStderr();
}

TEST(TaskMonitor, SaysAtOnceWhichStepHoldsUpTheLoopWhenTheSignalComes) {
  VirtualClock clock;
  EventLoop loop(clock);
  const auto main = [&]() -> Task<> {
    const TaskMonitor monitor({.signal = SIGUSR2}, [](std::string_view) {});
    const auto block = [&]() -> Task<> {
      const std::string early = stderr_of([] { raise(SIGUSR2); });
      hold_up_loop(clock, 12s);
      const std::string late = stderr_of([] { raise(SIGUSR2); });
      EXPECT_EQ(early, "");
      EXPECT_EQ(late, "blocker has held up the loop for 12000 ms, and still does\n");
      co_return;
    };
    co_await spawn(block(), "blocker");
  };
  run(loop, main());
}

TEST(TaskMonitor, LeavesTheSignalAsItWas) {
  std::signal(SIGUSR2, SIG_IGN);
  in_real_time([]() -> Task<> {
    {
      const TaskMonitor monitor({.signal = SIGUSR2}, [](std::string_view) {});
    }
    co_return;
  });
  EXPECT_EQ(std::signal(SIGUSR2, SIG_DFL), SIG_IGN);
}

}  // namespace
}  // namespace crawler::async
