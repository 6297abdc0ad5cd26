#include "crawler/async/task_group.h"

#include <optional>

#include "crawler/async/timeout.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// The messages of what the group throws; none if it throws nothing.
Task<std::vector<std::string>> errors_of(Task<> group) {
  std::vector<std::string> errors;
  try {
    co_await std::move(group);
  } catch (const ExceptionGroup& thrown) {
    errors = messages(thrown);
  }
  co_return errors;
}

/// Waits until it is cancelled, takes some rounds more, and fails then.
Task<> fail_when_cancelled(std::string message, int rounds = 0) {
  try {
    co_await forever();
  } catch (const Cancelled&) {
  }
  co_await tick(rounds);
  throw std::runtime_error(message);
}

/// Takes its time to leave when it is cancelled.
Task<> leave_slowly(Duration duration, Log& log) {
  std::exception_ptr cancelled;
  try {
    co_await forever();
  } catch (const Cancelled&) {
    cancelled = std::current_exception();
  }
  co_await sleep(duration);
  log.push_back("left");
  std::rethrow_exception(cancelled);
}

TEST(TaskGroup, P01_WaitsForAllItsTasks) {
  in_virtual_time([]() -> Task<> {
    std::vector<TaskHandle<int>> tasks;
    co_await task_group([&](TaskGroup& group) -> Task<> {
      tasks.push_back(group.spawn(value(1, 3)));
      tasks.push_back(group.spawn(value(2, 1)));
      EXPECT_EQ(group.size(), 2U);
      co_return;
    });
    EXPECT_EQ(tasks[0].result(), 1);
    EXPECT_EQ(tasks[1].result(), 2);
  });
}

TEST(TaskGroup, P02_OneFailureCancelsSiblingsAndBody) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto body = [&](TaskGroup& group) -> Task<> {
      group.spawn(fail("a"));
      group.spawn(log_cancel(log, "sibling"));
      co_await log_cancel(log, "body");
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_THAT(errors, ElementsAre("a"));
    EXPECT_THAT(log, testing::UnorderedElementsAre("body", "sibling"));
    EXPECT_EQ(this_task().cancelling(), 0);
    co_await sleep(0s);
  });
}

TEST(TaskGroup, P03_ErrorOfTheBodyComesLast) {
  in_virtual_time([]() -> Task<> {
    const auto body = [](TaskGroup& group) -> Task<> {
      group.spawn(fail_when_cancelled("child"));
      co_await tick();
      throw std::runtime_error("body");
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_THAT(errors, ElementsAre("child", "body"));
  });
}

TEST(TaskGroup, P04_ErrorOfTheBodyAloneIsAGroupToo) {
  in_virtual_time([]() -> Task<> {
    const auto errors = co_await errors_of(task_group([](TaskGroup&) { return fail("body"); }));
    EXPECT_THAT(errors, ElementsAre("body"));
  });
}

TEST(TaskGroup, P05_ErrorsStandInTheOrderTheyCame) {
  in_virtual_time([]() -> Task<> {
    const auto body = [](TaskGroup& group) -> Task<> {
      group.spawn(fail_when_cancelled("third", 5));
      group.spawn(fail_when_cancelled("second", 2));
      group.spawn(fail("first", 2));
      co_return;
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_THAT(errors, ElementsAre("first", "second", "third"));
  });
}

TEST(TaskGroup, P06_CancellationOfOneTaskIsNoError) {
  in_virtual_time([]() -> Task<> {
    std::optional<TaskHandle<int>> other;
    co_await task_group([&](TaskGroup& group) -> Task<> {
      const TaskHandle<> task = group.spawn(forever());
      other = group.spawn(value(2, 4));
      co_await tick();
      task.cancel();
    });
    EXPECT_EQ(other->result(), 2);
  });
}

TEST(TaskGroup, P07_CancelledThrownByATaskItselfIsNoError) {
  in_virtual_time([]() -> Task<> {
    const auto throw_cancelled = []() -> Task<> {
      throw Cancelled();
      co_return;
    };
    std::optional<TaskHandle<>> task;
    co_await task_group([&](TaskGroup& group) -> Task<> {
      task = group.spawn(throw_cancelled());
      co_return;
    });
    EXPECT_TRUE(task->was_cancelled());
  });
}

TEST(TaskGroup, P08_CancellationFromOutsideCancelsItsTasksAndGoesOn) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = start([&]() {
      return task_group([&](TaskGroup& group) -> Task<> {
        group.spawn(log_cancel(log, "c"));
        group.spawn(log_cancel(log, "c"));
        co_return;
      });
    });
    co_await tick(3);
    task.cancel();
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_THAT(log, ElementsAre("c", "c"));
  });
}

TEST(TaskGroup, P09_ErrorsGoBeforeACancellationFromOutsideWhichStaysDue) {
  in_virtual_time([]() -> Task<> {
    std::vector<int> requests;
    bool went_on = false;
    const auto task = start([&]() -> Task<> {
      const auto body = [](TaskGroup& group) -> Task<> {
        group.spawn(fail_when_cancelled("x"));
        co_return;
      };
      try {
        co_await task_group(body);
      } catch (const ExceptionGroup&) {
        requests.push_back(this_task().cancelling());
      }
      co_await sleep(0s);
      went_on = true;
    });
    co_await tick(3);
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(requests, ElementsAre(1));
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_FALSE(went_on);
  });
}

TEST(TaskGroup, P10_RefusesATaskWhenItIsFinished) {
  in_virtual_time([]() -> Task<> {
    std::string error;
    co_await task_group([&](TaskGroup& group) -> Task<> {
      // The group's own watch comes first: when this one is called the last task is gone, and the scope not
      // left.
      group.spawn(value(1)).task().on_done([&](TaskState&) {
        try {
          group.spawn(value(2));
        } catch (const std::logic_error& refused) {
          error = refused.what();
        }
      });
      co_return;
    });
    EXPECT_THAT(error, HasSubstr("finished"));
  });
}

TEST(TaskGroup, P12_RefusesATaskWhileItIsBeingCancelled) {
  in_virtual_time([]() -> Task<> {
    std::string error;
    const auto body = [&](TaskGroup& group) -> Task<> {
      group.spawn(fail("a"));
      try {
        co_await forever();
      } catch (const Cancelled&) {
        try {
          group.spawn(value(1));
        } catch (const std::logic_error& refused) {
          error = refused.what();
        }
        throw;
      }
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_THAT(errors, ElementsAre("a"));
    EXPECT_THAT(error, HasSubstr("shutting down"));
  });
}

Task<> count_down(TaskGroup& group, std::vector<int>& log, int n) {
  co_await tick();
  log.push_back(n);
  if (n > 0) group.spawn(count_down(group, log, n - 1));
}

TEST(TaskGroup, P13_TasksMaySpawnMoreWhileItWaits) {
  in_virtual_time([]() -> Task<> {
    std::vector<int> log;
    co_await task_group([&](TaskGroup& group) -> Task<> {
      group.spawn(count_down(group, log, 3));
      co_return;
    });
    EXPECT_THAT(log, ElementsAre(3, 2, 1, 0));
  });
}

TEST(TaskGroup, P14_NestedGroupsThrowAGroupInAGroup) {
  in_virtual_time([]() -> Task<> {
    const auto inner = [](TaskGroup& group) -> Task<> {
      group.spawn(fail("x"));
      co_return;
    };
    const auto outer = [&](TaskGroup& group) -> Task<> {
      group.spawn(task_group(inner));
      co_return;
    };
    const auto errors = co_await errors_of(task_group(outer));
    EXPECT_THAT(errors, ElementsAre(HasSubstr("(1 sub-exception)\n  x")));
  });
}

TEST(TaskGroup, P15_CodeAfterAFailedGroupIsNotCancelled) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<std::string> {
      const auto body = [](TaskGroup& group) -> Task<> {
        group.spawn(fail("x"));
        co_await forever();
      };
      co_await errors_of(task_group(body));
      co_await sleep(1ms);
      co_return "ok";
    });
    const std::string result = co_await task;
    EXPECT_EQ(result, "ok");
  });
}

TEST(TaskGroup, P17_TimeoutAroundItCancelsItsTasks) {
  in_virtual_time([]() -> Task<> {
    std::optional<TaskHandle<>> task;
    const auto body = [&](TaskGroup& group) -> Task<> {
      task = group.spawn(forever());
      co_return;
    };
    EXPECT_THROW(co_await timeout(10ms, [&](Timeout&) { return task_group(body); }), TimedOut);
    EXPECT_TRUE(task->was_cancelled());
  });
}

TEST(TaskGroup, P18_AwaitsTheCleanUpOfItsTasks) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto body = [&](TaskGroup& group) -> Task<> {
      group.spawn(leave_slowly(20ms, log));
      group.spawn(fail("x", 2));
      co_return;
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_THAT(errors, ElementsAre("x"));
    EXPECT_THAT(log, ElementsAre("left"));
  });
}

TEST(TaskGroup, P19_ThrowsAlsoWhenTheBodySwallowsTheCancellation) {
  in_virtual_time([]() -> Task<> {
    const auto body = [](TaskGroup& group) -> Task<> {
      group.spawn(fail("x"));
      try {
        co_await forever();
      } catch (const Cancelled&) {
      }
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_THAT(errors, ElementsAre("x"));
    EXPECT_EQ(this_task().cancelling(), 0);
  });
}

TEST(TaskGroup, P20_SecondCancellationWhileItWaitsDoesNotCutItShort) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = start([&]() {
      return task_group([&](TaskGroup& group) -> Task<> {
        group.spawn(leave_slowly(20ms, log));
        co_return;
      });
    });
    co_await tick(3);
    task.cancel();
    co_await tick(2);
    task.cancel();
    co_await tick(2);
    EXPECT_FALSE(task.is_done());
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_THAT(log, ElementsAre("left"));
  });
}

TEST(TaskGroup, BodyThatAwaitsTheTaskThatFailsIsCancelledAndTheErrorCountsOnce) {
  in_virtual_time([]() -> Task<> {
    std::string seen;
    const auto body = [&](TaskGroup& group) -> Task<> {
      const TaskHandle<> task = group.spawn(fail("x"));
      try {
        co_await task;
      } catch (...) {
        seen = describe(std::current_exception());
        throw;
      }
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_EQ(seen, "cancelled");
    EXPECT_THAT(errors, ElementsAre("x"));
  });
}

TEST(TaskGroup, CancellationFromOutsideInTheRoundOfAFailureStaysDue) {
  in_virtual_time([]() -> Task<> {
    for (const bool outside_first : {true, false}) {
      std::optional<TaskHandle<>> task;
      std::vector<std::string> errors;
      bool went_on = false;
      const auto meddle = [&]() -> Task<> {
        co_await tick(4);
        task->cancel();
      };
      std::vector<TaskHandle<>> meddlers;
      if (outside_first) meddlers.push_back(spawn(meddle()));
      task = start([&]() -> Task<> {
        const auto body = [](TaskGroup& group) -> Task<> {
          group.spawn(fail("x", 2));
          co_await forever();
        };
        errors = co_await errors_of(task_group(body));
        co_await sleep(0s);
        went_on = true;
      });
      if (!outside_first) meddlers.push_back(spawn(meddle()));
      co_await end_of(*task);
      EXPECT_THAT(errors, ElementsAre("x"));
      EXPECT_TRUE(task->was_cancelled());
      EXPECT_FALSE(went_on);
    }
  });
}

// The group waited for the task, and the task for the group's own task, for ever.
TEST(TaskGroup, CancellationEndsACircleWithATaskThatAwaitsTheGroupsTask) {
  in_virtual_time([]() -> Task<> {
    std::vector<TaskHandle<>> parent;
    const auto await_parent = [&]() -> Task<> { co_await parent.front(); };
    const auto run_group = [&]() -> Task<> {
      co_await task_group([&](TaskGroup& group) -> Task<> {
        group.spawn(await_parent());
        co_return;
      });
    };
    parent.push_back(spawn(run_group()));
    co_await tick(3);
    parent.front().cancel();
    co_await end_of(parent.front());
    EXPECT_TRUE(parent.front().was_cancelled());
  });
}

TEST(TaskGroup, TakesABodyThatDoesNotAwait) {
  in_virtual_time([]() -> Task<> {
    int ended = 0;
    const auto count = [&]() -> Task<> {
      co_await tick();
      ++ended;
    };
    co_await task_group([&](TaskGroup& group) {
      group.spawn(count());
      group.spawn(count());
    });
    EXPECT_EQ(ended, 2);
    const auto errors = co_await errors_of(task_group([](TaskGroup&) { throw std::runtime_error("body"); }));
    EXPECT_THAT(errors, ElementsAre("body"));
  });
}

TEST(TaskGroup, CancelsItsTasksInTheOrderTheyWereSpawned) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto body = [&](TaskGroup& group) -> Task<> {
      for (const char* name : {"a", "b", "c", "d", "e", "f"}) group.spawn(log_cancel(log, name));
      co_await tick();
      throw std::runtime_error("no");
    };
    co_await errors_of(task_group(body));
    EXPECT_THAT(log, ElementsAre("a", "b", "c", "d", "e", "f"));
  });
}

TEST(TaskGroup, ErrorsThatItThrowsAreNotReported) {
  const Log reported = reported_in([]() -> Task<> {
    const auto body = [](TaskGroup& group) -> Task<> {
      group.spawn(fail("x"));
      co_return;
    };
    EXPECT_THROW(co_await task_group(body), ExceptionGroup);
  });
  EXPECT_THAT(reported, IsEmpty());
}

TEST(TaskGroup, OfManyTasksOfWhichAllFailGivesAllErrors) {
  in_virtual_time([]() -> Task<> {
    const auto body = [](TaskGroup& group) -> Task<> {
      for (int i = 0; i < 1000; ++i) group.spawn(fail("x", 0));
      co_return;
    };
    const auto errors = co_await errors_of(task_group(body));
    EXPECT_EQ(errors.size(), 1000U);
  });
}

}  // namespace
}  // namespace crawler::async
