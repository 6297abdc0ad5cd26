#include "crawler/async/event_loop.h"

#include <fcntl.h>
#include <latch>
#include <memory>
#include <optional>
#include <thread>
#include <unistd.h>

#include "crawler/async/readable.h"
#include "crawler/async/thread_pool.h"
#include "crawler/async/timeout.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// What run() throws as a Deadlock; empty if it does not.
template <class Body>
std::string deadlock_of(Body body) {
  try {
    in_virtual_time(std::move(body));
  } catch (const Deadlock& deadlock) {
    return deadlock.what();
  }
  return "";
}

/// Waits for ever, and for ever again each time it is cancelled, so many times.
Task<> hang(int times) {
  for (int i = 0; i < times; ++i) {
    try {
      co_await forever();
    } catch (const Cancelled&) {
    }
  }
}

TEST(Run, R02_ThrowsCancelledWhenTheMainTaskIsCancelled) {
  const auto cancel_self = []() -> Task<> {
    this_task().cancel();
    co_await sleep(0s);
  };
  EXPECT_THROW(in_virtual_time(cancel_self), Cancelled);
}

TEST(Run, GivesWhatMainReturnsOrThrows) {
  EXPECT_EQ(in_virtual_time([] { return value(3); }), 3);
  EXPECT_THROW(in_virtual_time([] { return fail("x"); }), std::runtime_error);
}

TEST(Run, NotFromWithinARunningLoop) {
  in_virtual_time([]() -> Task<> {
    EXPECT_THROW(run(value(1)), std::logic_error);
    co_return;
  });
}

TEST(Run, MayBeRepeatedOnOneLoop) {
  VirtualClock clock;
  EventLoop loop(clock);
  EXPECT_EQ(run(loop, value(1)), 1);
  EXPECT_EQ(run(loop, value(2)), 2);
}

TEST(Run, CancelsWhatTheCleanUpOfALeftOverTaskLeavesBehind) {
  Log log;
  in_virtual_time([&]() -> Task<> {
    start([&]() -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
      }
      spawn(log_cancel(log, "cancelled"));
      co_await tick(2);
    });
    co_await tick();
  });
  EXPECT_THAT(log, ElementsAre("cancelled"));
}

TEST(Run, LetsTheCleanUpOfALeftOverTaskAwaitATask) {
  int flushed = 0;
  in_virtual_time([&]() -> Task<> {
    start([&]() -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
      }
      flushed = co_await spawn(value(7, 5));
    });
    co_await tick();
  });
  EXPECT_EQ(flushed, 7);
}

TEST(Run, EndsTasksThatAreSpawnedByACallbackAfterMain) {
  Log log;
  in_virtual_time([&]() -> Task<> {
    this_task().on_done([&](TaskState&) { spawn(log_cancel(log, "never started")); });
    EventLoop::current().call_soon([&] { EventLoop::current().call_soon([&] { log.push_back("called"); }); });
    co_return;
  });
  EXPECT_THAT(log, ElementsAre("called"));
}

TEST(EventLoop, IsCurrentOnlyWhileItRuns) {
  EXPECT_THROW(EventLoop::current(), std::logic_error);
  in_virtual_time([]() -> Task<> {
    EventLoop::current();
    co_return;
  });
  EXPECT_THROW(EventLoop::current(), std::logic_error);
}

TEST(EventLoop, CallsBackInOrderEachInTheRoundAfterItWasAskedTo) {
  in_virtual_time([]() -> Task<> {
    Log log;
    EventLoop& loop = EventLoop::current();
    loop.call_soon([&] {
      log.push_back("a");
      loop.call_soon([&] { log.push_back("c"); });
    });
    loop.call_soon([&] { log.push_back("b"); });
    co_await tick();
    EXPECT_THAT(log, ElementsAre("a", "b"));
    co_await tick();
    EXPECT_THAT(log, ElementsAre("a", "b", "c"));
  });
}

TEST(EventLoop, JumpsToTheNextDeadlineInVirtualTime) {
  in_virtual_time([]() -> Task<> {
    const TimePoint begin = now();
    for (int day = 0; day < 365; ++day) co_await sleep(24h);
    EXPECT_EQ(now() - begin, 365 * 24h);
  });
}

TEST(EventLoop, HearsAPostWhileTasksKeepItBusy) {
  in_real_time([]() -> Task<> {
    bool was_posted = false;
    const std::jthread poster([&, &loop = EventLoop::current()] { loop.post([&] { was_posted = true; }); });
    while (!was_posted) co_await sleep(0s);
  });
}

// The loop looked outside after 64 steps, however long they were: a timer or a socket could wait for a
// second.
TEST(EventLoop, HearsAPostAfterAStepOrTwoWhereTheyAreLong) {
  VirtualClock clock;
  EventLoop loop(clock);
  int steps = 0;
  const auto spin_until_heard = [&]() -> Task<> {
    bool is_heard = false;
    loop.post([&] { is_heard = true; });
    while (!is_heard) {
      ++steps;
      hold_up_loop(clock, 10ms);
      co_await sleep(0s);
    }
  };
  run(loop, spin_until_heard());
  EXPECT_LE(steps, 2);
}

TEST(EventLoop, CallsEachPostOfManyThreadsOnce) {
  in_real_time([]() -> Task<> {
    int called = 0;
    {
      std::vector<std::jthread> posters;
      for (int i = 0; i < 4; ++i)
        posters.emplace_back([&, &loop = EventLoop::current()] {
          for (int n = 0; n < 1000; ++n) loop.post([&] { ++called; });
        });
      while (called < 1000) co_await sleep(0s);
    }
    while (called < 4000) co_await sleep(0s);
    EXPECT_EQ(called, 4000);
  });
}

TEST(EventLoop, PostsDuringTheShutdownAreCalledOrDropped) {
  std::atomic<bool> is_over = false;
  const auto held = std::make_shared<int>(0);
  {
    EventLoop loop;
    std::latch has_begun(1);
    std::jthread poster([&] {
      while (!is_over) {
        loop.post([held] {});
        has_begun.count_down(has_begun.try_wait() ? 0 : 1);
      }
    });
    has_begun.wait();
    run(loop, tick(20));
    is_over = true;
    poster.join();
    EXPECT_GE(held.use_count(), 1);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(EventLoop, DestroyedWithWorkInItsThreadsWaitsForWhatHasBegun) {
  std::atomic<bool> has_ended = false;
  {
    EventLoop loop;
    std::latch has_begun(1);
    loop.thread_pool().submit([&] {
      has_begun.count_down();
      std::this_thread::yield();
      has_ended = true;
      loop.post([] {});
    });
    has_begun.wait();
  }
  EXPECT_TRUE(has_ended);
}

TEST(Deadlock, NamesTheTasksAndWhatTheyWaitFor) {
  const std::string message = deadlock_of([]() -> Task<> {
    const TaskHandle<> stuck = spawn(forever(), "stuck");
    co_await stuck;
  });
  EXPECT_THAT(message, HasSubstr("main waits for another task"));
  EXPECT_THAT(message, HasSubstr("stuck waits for nothing"));
}

TEST(Deadlock, CancelsTheTasksBeforeItIsThrown) {
  Log log;
  EXPECT_NE(deadlock_of([&]() { return log_cancel(log, "main"); }), "");
  EXPECT_THAT(log, ElementsAre("main"));
}

TEST(Deadlock, OfTasksThatAwaitEachOtherInACircle) {
  const std::string message = deadlock_of([]() -> Task<> {
    std::optional<TaskHandle<>> second;
    const auto first = start([&]() -> Task<> {
      co_await tick(2);
      co_await *second;
    });
    second = start([&]() -> Task<> { co_await first; });
    co_await first;
  });
  EXPECT_NE(message, "");
}

TEST(Deadlock, InTheCleanUpIsThrownAndTheCleanUpCancelledAgain) {
  const auto held = std::make_shared<int>(0);
  EXPECT_NE(deadlock_of([&]() -> Task<> {
              start([held]() -> Task<> { co_await hang(2); });
              co_await tick();
            }),
            "");
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Deadlock, IsNotWhileAThreadIsWaitedFor) {
  const auto wait_for_post = []() -> Task<> {
    EventLoop& loop = EventLoop::current();
    WaitList line;
    loop.begin_external_wait();
    const std::jthread poster([&] {
      loop.post([&] {
        loop.end_external_wait();
        line.wake_all();
      });
    });
    co_await line.wait("a post");
  };
  EXPECT_EQ(deadlock_of(wait_for_post), "");
}

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_), 0); }
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int reading() const { return ends_[0]; }
  void send() const { EXPECT_EQ(write(ends_[1], "x", 1), 1); }

 private:
  int ends_[2] = {};
};

TEST(Readable, EndsWhenThereIsSomethingToRead) {
  in_real_time([]() -> Task<> {
    const Pipe pipe;
    const auto task = start([&]() -> Task<> { co_await readable(pipe.reading()); });
    co_await tick(40);
    EXPECT_FALSE(task.is_done());
    pipe.send();
    co_await task;
  });
}

TEST(Readable, MayBeCancelledAlsoInTheRoundOfItsEvent) {
  in_real_time([]() -> Task<> {
    for (int rounds = 1; rounds < 40; ++rounds) {
      const Pipe pipe;
      const auto task = start([&]() -> Task<> { co_await readable(pipe.reading()); });
      co_await tick();
      pipe.send();
      co_await tick(rounds);
      const bool is_cancelled = task.cancel();
      co_await end_of(task);
      EXPECT_EQ(task.was_cancelled(), is_cancelled);
    }
  });
}

TEST(Readable, AFileCanAlwaysBeRead) {
  in_real_time([]() -> Task<> {
    const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    co_await readable(fd);
    close(fd);
  });
}

TEST(Readable, ReaderWhoIsAlwaysServedStaysCancellable) {
  in_real_time([]() -> Task<> {
    const Pipe pipe;
    pipe.send();
    const auto reader = start([&]() -> Task<> {
      for (;;) co_await readable(pipe.reading());
    });
    co_await tick(3);
    reader.cancel();
    co_await end_of(reader);
    EXPECT_TRUE(reader.was_cancelled());
  });
}

TEST(Readable, RefusesADescriptorThatIsNotOpen) {
  in_real_time([]() -> Task<> {
    EXPECT_THROW(co_await readable(-1), std::system_error);
    EXPECT_THROW(co_await readable(999'999), std::system_error);
  });
}

}  // namespace
}  // namespace crawler::async
