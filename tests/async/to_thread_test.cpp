#include "crawler/async/to_thread.h"

#include <atomic>
#include <csignal>
#include <functional>
#include <latch>
#include <memory>
#include <pthread.h>
#include <thread>

#include "crawler/async/queue.h"
#include "crawler/async/timeout.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// Work on a thread that tells when it has begun, and goes on when it is told to.
struct Gate {
  std::latch has_begun{1};
  std::latch may_go_on{1};
  std::atomic<bool> has_ended = false;
};

void pass(const std::shared_ptr<Gate>& gate) {
  gate->has_begun.count_down();
  gate->may_go_on.wait();
  gate->has_ended = true;
}

/// Lets the loop run until the work has begun.
Task<> begin_of(Gate& gate) {
  for (bool has_begun = gate.has_begun.try_wait(); !has_begun; has_begun = gate.has_begun.try_wait())
    co_await sleep(0s);
}

template <class F>
concept CanGoToAThread = requires(F function) {
  to_thread(function);
};

/// The awaiting frame may be gone while the thread runs on: a captured reference would be into nothing.
TEST(ToThread, TakesNoFunctionThatCapturesAnything) {
  int local = 1;
  const auto refers = [&local] { return local; };
  const auto copies = [local] { return local; };
  const auto owns = [] { return 1; };
  EXPECT_FALSE(CanGoToAThread<decltype(refers)>);
  EXPECT_FALSE(CanGoToAThread<decltype(copies)>);
  EXPECT_FALSE(CanGoToAThread<std::function<int()>>);
  EXPECT_TRUE(CanGoToAThread<decltype(owns)>);
  EXPECT_TRUE(CanGoToAThread<int (*)()>);
}

TEST(ToThread, H01_RunsOnAnotherThreadAndGivesItsResult) {
  in_real_time([]() -> Task<> {
    const std::thread::id thread = co_await to_thread([] { return std::this_thread::get_id(); });
    EXPECT_NE(thread, std::this_thread::get_id());
  });
}

TEST(ToThread, H01_ThrowsWhatTheWorkThrows) {
  in_real_time([]() -> Task<> {
    EXPECT_THROW(co_await to_thread([] { throw std::invalid_argument("x"); }), std::invalid_argument);
  });
}

TEST(ToThread, H02_TheLoopGoesOnMeanwhile) {
  in_real_time([]() -> Task<> {
    const auto gate = std::make_shared<Gate>();
    const auto work = start([gate]() -> Task<> { co_await to_thread(pass, gate); });
    co_await begin_of(*gate);
    co_await tick(100);
    EXPECT_FALSE(work.is_done());
    gate->may_go_on.count_down();
    co_await work;
    EXPECT_TRUE(gate->has_ended);
  });
}

TEST(ToThread, H03_CancelledAwaitLeavesAtOnceAndTheWorkRunsOn) {
  const auto gate = std::make_shared<Gate>();
  in_real_time([&]() -> Task<> {
    const auto work = start([gate]() -> Task<> { co_await to_thread(pass, gate); });
    co_await begin_of(*gate);
    work.cancel();
    co_await end_of(work);
    EXPECT_TRUE(work.was_cancelled());
    EXPECT_FALSE(gate->has_ended);
    gate->may_go_on.count_down();
  });
  EXPECT_TRUE(gate->has_ended);  // the loop's threads were joined
}

TEST(ToThread, H04_CancelledWorkThatHasNotBegunNeverRuns) {
  in_real_time([]() -> Task<> {
    ThreadPool pool(1);
    const auto gate = std::make_shared<Gate>();
    const auto has_run = std::make_shared<std::atomic<bool>>(false);
    const auto first = start([&]() -> Task<> { co_await to_thread_of(pool, pass, gate); });
    const auto second = start([&]() -> Task<> {
      co_await to_thread_of(
          pool, [](const std::shared_ptr<std::atomic<bool>>& flag) { *flag = true; }, has_run);
    });
    co_await begin_of(*gate);
    second.cancel();
    co_await end_of(second);
    gate->may_go_on.count_down();
    co_await first;
    co_await to_thread_of(pool, [] {});
    EXPECT_FALSE(*has_run);
  });
}

TEST(ToThread, H05_PostFromAThreadWakesTheLoop) {
  in_real_time([]() -> Task<> {
    EventLoop& loop = EventLoop::current();
    WaitList line;
    std::jthread poster([&] { loop.post([&] { line.wake_all(); }); });
    co_await timeout(20s, [&](Timeout&) -> Task<> { co_await line.wait("a post"); });
  });
}

TEST(ToThread, MovesItsArgumentsInAndItsResultOut) {
  in_real_time([]() -> Task<> {
    auto text = std::make_unique<std::string>("abc");
    const std::unique_ptr<std::string> result =
        co_await to_thread([](std::unique_ptr<std::string> given) { return given; }, std::move(text));
    EXPECT_EQ(*result, "abc");
  });
}

TEST(ToThread, ArgumentsOfAbandonedWorkAreDestroyed) {
  const auto gate = std::make_shared<Gate>();
  in_real_time([&]() -> Task<> {
    const auto work = start([gate]() -> Task<> { co_await to_thread(pass, gate); });
    co_await begin_of(*gate);
    work.cancel();
    co_await end_of(work);
    gate->may_go_on.count_down();
  });
  EXPECT_EQ(gate.use_count(), 1);
}

TEST(ToThread, ResultInTheRoundOfACancellationIsDropped) {
  in_real_time([]() -> Task<> {
    for (int rounds = 0; rounds < 50; ++rounds) {
      const auto work =
          start([]() -> Task<> { co_await to_thread([] { return std::make_unique<int>(1); }); });
      co_await tick(rounds);
      const bool is_cancelled = work.cancel();
      co_await end_of(work);
      EXPECT_EQ(work.was_cancelled(), is_cancelled);
    }
  });
}

TEST(ToThread, WaitsForItselfInVirtualTimeBeforeTheClockMoves) {
  in_virtual_time([]() -> Task<> {
    const TimePoint begin = now();
    const TaskHandle<> later = start([]() -> Task<> { co_await sleep(1h); });
    const int result = co_await to_thread([](int n) { return n + 1; }, 4);
    EXPECT_EQ(result, 5);
    EXPECT_EQ(now(), begin);
    co_await later;
  });
}

TEST(ToThread, TimeoutOfZeroExpiresInVirtualTimeWhileTheThreadWorks) {
  const auto gate = std::make_shared<Gate>();
  in_virtual_time([&]() -> Task<> {
    const auto wait = [&](Timeout&) -> Task<> { co_await to_thread(pass, gate); };
    EXPECT_THROW(co_await timeout(0s, wait), TimedOut);
    EXPECT_FALSE(gate->has_ended);
    gate->may_go_on.count_down();
  });
}

TEST(ToThread, AbandonedWorkDoesNotHoldVirtualTimeUp) {
  const auto gate = std::make_shared<Gate>();
  in_virtual_time([&]() -> Task<> {
    const auto work = start([gate]() -> Task<> { co_await to_thread(pass, gate); });
    co_await begin_of(*gate);
    work.cancel();
    co_await end_of(work);
    co_await sleep(1h);
    EXPECT_FALSE(gate->has_ended);
    gate->may_go_on.count_down();
  });
}

TEST(ToThread, AwaitsOfMoreWorkThanThreadsAllEnd) {
  in_real_time([]() -> Task<> {
    ThreadPool pool(2);
    std::vector<TaskHandle<int>> tasks;
    const auto work = [&](int n) -> Task<int> {
      co_return co_await to_thread_of(
          pool, [](int m) { return 2 * m; }, n);
    };
    for (int i = 0; i < 200; ++i) tasks.push_back(spawn(work(i)));
    for (int i = 0; i < 200; ++i) {
      const int result = co_await tasks[static_cast<std::size_t>(i)];
      EXPECT_EQ(result, 2 * i);
    }
  });
}

TEST(ThreadPool, DropsWhatHasNotBegunAndWaitsForWhatHas) {
  Gate gate;
  std::atomic<int> run = 0;
  const auto held = std::make_shared<int>(0);
  {
    ThreadPool pool(1);
    pool.submit([&] {
      gate.has_begun.count_down();
      gate.may_go_on.wait();
      ++run;
    });
    gate.has_begun.wait();
    pool.submit([&run, held] { ++run; });
    EXPECT_EQ(held.use_count(), 2);
    // The destructor drops the second job before it waits for the first.
    pool.submit([dropped = std::shared_ptr<void>(nullptr, [&](void*) { gate.may_go_on.count_down(); })] {});
  }
  EXPECT_EQ(run, 1);
  EXPECT_EQ(held.use_count(), 1);
}

TEST(ThreadPool, ThreadsBlockAllSignals) {
  in_real_time([]() -> Task<> {
    const bool is_blocked = co_await to_thread([] {
      sigset_t mask;
      pthread_sigmask(SIG_SETMASK, nullptr, &mask);
      return sigismember(&mask, SIGINT) == 1 && sigismember(&mask, SIGTERM) == 1;
    });
    EXPECT_TRUE(is_blocked);
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, nullptr, &mask);
    EXPECT_EQ(sigismember(&mask, SIGINT), 0);
  });
}

TEST(ToThread, TellsWhetherAThreadIsAtWork) {
  in_real_time([]() -> Task<> {
    const EventLoop& loop = EventLoop::current();
    EXPECT_FALSE(loop.has_busy_threads());
    const auto gate = std::make_shared<Gate>();
    const TaskHandle<> task =
        spawn([](std::shared_ptr<Gate> work) -> Task<> { co_await to_thread(&pass, work); }(gate));
    co_await begin_of(*gate);
    task.cancel();
    while (!task.is_done()) co_await sleep(0s);
    EXPECT_TRUE(loop.has_busy_threads()) << "the await was left, the work goes on";
    gate->may_go_on.count_down();
    for (bool is_busy = true; is_busy; is_busy = loop.has_busy_threads()) co_await sleep(0s);
  });
}

}  // namespace
}  // namespace crawler::async
