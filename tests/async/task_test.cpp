#include <memory>
#include <optional>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

TEST(Task, T01_SpawnedTaskRunsInTheNextRound) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = start([&]() -> Task<> {
      log.push_back("run");
      co_return;
    });
    log.push_back("after");
    co_await task;
    EXPECT_THAT(log, ElementsAre("after", "run"));
  });
}

TEST(Task, T02_TasksStartInTheOrderTheyWereSpawned) {
  in_virtual_time([]() -> Task<> {
    std::vector<int> log;
    for (int i = 0; i < 4; ++i)
      start([&log, i]() -> Task<> {
        log.push_back(i);
        co_return;
      });
    co_await tick();
    EXPECT_THAT(log, ElementsAre(0, 1, 2, 3));
  });
}

TEST(Task, T03_GivesItsValueToEveryAwaiter) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> task = spawn(value(7));
    const int first = co_await task;
    const int second = co_await task;
    EXPECT_EQ(first, 7);
    EXPECT_EQ(second, 7);
    EXPECT_TRUE(task.is_done());
    EXPECT_EQ(task.result(), 7);
  });
}

TEST(Task, T04_ThrowsItsErrorToEveryAwaiter) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> task = spawn(fail("k"));
    int thrown = 0;
    for (int i = 0; i < 2; ++i) {
      try {
        co_await task;
      } catch (const std::runtime_error& error) {
        thrown += error.what() == std::string("k");
      }
    }
    EXPECT_EQ(thrown, 2);
    EXPECT_EQ(describe(task.exception()), "k");
  });
}

TEST(Task, T05_ResultOfAPendingTaskIsAnInvalidState) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> task = spawn(forever());
    EXPECT_THROW(task.result(), InvalidState);
    EXPECT_THROW(task.exception(), InvalidState);
    task.cancel();
    co_await end_of(task);
    EXPECT_THROW(task.result(), Cancelled);
    EXPECT_THROW(task.exception(), Cancelled);
  });
}

TEST(Task, T06_ErrorThatNobodyAskedForIsReportedWhenTheLastHandleGoes) {
  const Log reported = reported_in([]() -> Task<> {
    std::optional<TaskHandle<>> task = spawn(fail("x"), "visit");
    const std::optional<TaskHandle<>> second_handle = task;
    spawn(fail("y"), "forgotten");
    co_await tick(3);
    task.reset();
  });
  EXPECT_THAT(reported, ElementsAre("forgotten: y", "visit: x"));
}

TEST(Task, T06_ErrorThatSomebodyAskedForIsNotReported) {
  const Log reported = reported_in([]() -> Task<> {
    const TaskHandle<> awaited = spawn(fail("x"));
    EXPECT_THROW(co_await awaited, std::runtime_error);
    const TaskHandle<> looked_at = spawn(fail("y"));
    co_await end_of(looked_at);
    EXPECT_EQ(describe(looked_at.exception()), "y");
    const TaskHandle<> cancelled = spawn(forever());
    co_await tick();
    cancelled.cancel();
  });
  EXPECT_THAT(reported, IsEmpty());
}

TEST(Task, T06_WithoutACallbackTheReportIsALineOnStderr) {
  testing::internal::CaptureStderr();
  std::optional<TaskHandle<>> outlives_the_loop;
  in_virtual_time([&]() -> Task<> {
    spawn(fail("x\ny"), "visit");
    outlives_the_loop = spawn(fail("z"));
    co_await tick(3);
  });
  outlives_the_loop.reset();
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "visit failed, and nobody asked for its error: x y\n"
            "a task failed, and nobody asked for its error: z\n");
}

TEST(Task, T06_HandleThatOutlivesItsLoopReportsToTheLoopThatRuns) {
  std::optional<TaskHandle<>> outlives_its_loop;
  in_virtual_time([&]() -> Task<> {
    outlives_its_loop = spawn(fail("x"), "visit");
    co_await tick(3);
  });
  const Log reported = reported_in([&]() -> Task<> {
    outlives_its_loop.reset();
    co_return;
  });
  EXPECT_THAT(reported, ElementsAre("visit: x"));
}

TEST(Task, T07_SleepOfZeroYieldsOneRound) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto twice = [&log](std::string name) -> Task<> {
      for (const char* turn : {"0", "1"}) {
        log.push_back(name + turn);
        co_await sleep(0s);
      }
    };
    const TaskHandle<> a = spawn(twice("a"));
    const TaskHandle<> b = spawn(twice("b"));
    co_await a;
    co_await b;
    EXPECT_THAT(log, ElementsAre("a0", "b0", "a1", "b1"));
  });
}

TEST(Task, T08_RunCancelsWhatIsLeftAndAwaitsItsCleanUp) {
  Log log;
  const int result = in_virtual_time([&log]() -> Task<int> {
    start([&log]() -> Task<> {
      std::exception_ptr cancelled;
      try {
        co_await forever();
      } catch (const Cancelled&) {
        cancelled = std::current_exception();
      }
      co_await sleep(0s);
      log.push_back("cancelled");
      std::rethrow_exception(cancelled);
    });
    co_await tick(2);
    co_return 5;
  });
  EXPECT_EQ(result, 5);
  EXPECT_THAT(log, ElementsAre("cancelled"));
}

TEST(Task, T09_DoneCallbacksRunInTheRoundAfter) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const TaskHandle<int> task = spawn(value(1, 0));
    task.task().on_done([&](TaskState&) { log.push_back("callback"); });
    co_await tick();
    EXPECT_TRUE(task.is_done());
    EXPECT_THAT(log, IsEmpty());
    co_await tick();
    EXPECT_THAT(log, ElementsAre("callback"));
  });
}

TEST(Task, CallsBackALateWatcherInTheNextRound) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> task = spawn(value(1, 0));
    co_await task;
    bool was_called = false;
    task.task().on_done([&](TaskState&) { was_called = true; });
    EXPECT_FALSE(was_called);
    co_await tick();
    EXPECT_TRUE(was_called);
  });
}

TEST(Task, DoneCallbackMaySpawnAndCancel) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> waiting = spawn(forever());
    bool has_run = false;
    const TaskHandle<int> task = spawn(value(1));
    task.task().on_done([&](TaskState&) {
      waiting.cancel();
      start([&]() -> Task<> {
        has_run = true;
        co_return;
      });
    });
    co_await end_of(waiting);
    co_await tick();
    EXPECT_TRUE(waiting.was_cancelled());
    EXPECT_TRUE(has_run);
  });
}

TEST(Task, IsLazyAndRunsNothingWhenItIsNeverAwaited) {
  in_virtual_time([]() -> Task<> {
    bool has_run = false;
    const auto body = [&]() -> Task<> {
      const Counted frame;
      has_run = true;
      co_return;
    };
    { const Task<> never_awaited = body(); }
    co_await tick();
    EXPECT_FALSE(has_run);
  });
}

TEST(Task, AwaitOfAChildPassesNoRound) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> other = spawn(value(1, 0));
    co_await value(2, 0);
    EXPECT_FALSE(other.is_done());
    co_await other;
  });
}

TEST(Task, MovesAResultThatCannotBeCopied) {
  in_virtual_time([]() -> Task<> {
    const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
    const std::unique_ptr<int> child = co_await make();
    const std::unique_ptr<int> spawned = co_await spawn(make());
    EXPECT_EQ(*child + *spawned, 6);
  });
}

TEST(Task, AwaitingItselfIsAnError) {
  in_virtual_time([]() -> Task<> {
    std::unique_ptr<TaskHandle<>> self;
    self = std::make_unique<TaskHandle<>>(start([&]() -> Task<> { co_await *self; }));
    EXPECT_THROW(co_await *self, std::logic_error);
  });
}

TEST(Task, EveryJoinedTaskWakesWhenItEnds) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> leaf = spawn(value(1, 3));
    int sum = 0;
    std::vector<TaskHandle<>> joins;
    for (int i = 0; i < 10; ++i) joins.push_back(start([&]() -> Task<> { sum += co_await leaf; }));
    for (const TaskHandle<>& join : joins) co_await join;
    EXPECT_EQ(sum, 10);
  });
}

TEST(Task, ErrorOutlivesTheTaskThatThrewIt) {
  const std::exception_ptr error = in_virtual_time([]() -> Task<std::exception_ptr> {
    const TaskHandle<> task = spawn(fail("gone"));
    co_await end_of(task);
    co_return task.exception();
  });
  EXPECT_EQ(describe(error), "gone");
}

}  // namespace
}  // namespace crawler::async
