#include "crawler/async/signals.h"

#include <csignal>
#include <cstdlib>
#include <thread>

#include "crawler/async/to_thread.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// Waits for the first of the signals, after raising one.
int raise_and_wait(int signal) {
  return in_real_time([signal]() -> Task<int> {
    SignalWatch watch({SIGUSR1, SIGUSR2});
    raise(signal);
    co_return co_await watch.next();
  });
}

TEST(SignalWatch, GivesTheSignalThatCame) {
  EXPECT_EQ(raise_and_wait(SIGUSR1), SIGUSR1);
  EXPECT_EQ(raise_and_wait(SIGUSR2), SIGUSR2);
}

TEST(SignalWatch, WakesEveryoneWhoWaits) {
  in_real_time([]() -> Task<> {
    SignalWatch watch({SIGUSR1});
    const auto wait = [&]() -> Task<int> { co_return co_await watch.next(); };
    const TaskHandle<int> first = spawn(wait());
    const TaskHandle<int> second = spawn(wait());
    co_await tick();
    raise(SIGUSR1);
    const int a = co_await first;
    const int b = co_await second;
    const int late = co_await watch.next();
    EXPECT_THAT((std::vector{a, b, late}), testing::Each(SIGUSR1));
  });
}

TEST(SignalWatch, WaitMayBeCancelled) {
  in_real_time([]() -> Task<> {
    SignalWatch watch({SIGUSR1});
    const auto wait = start([&]() -> Task<int> { co_return co_await watch.next(); });
    co_await tick();
    wait.cancel();
    co_await end_of(wait);
    EXPECT_TRUE(wait.was_cancelled());
  });
}

TEST(SignalWatch, LeavesIgnoredSignalsIgnoredAndRestoresWhatWasBefore) {
  std::signal(SIGUSR1, SIG_IGN);
  std::signal(SIGUSR2, SIG_DFL);
  in_real_time([]() -> Task<> {
    SignalWatch watch({SIGUSR1, SIGUSR2});
    raise(SIGUSR1);  // still ignored, as nohup asks for
    raise(SIGUSR2);
    const int signal = co_await watch.next();
    EXPECT_EQ(signal, SIGUSR2);
  });
  EXPECT_EQ(std::signal(SIGUSR1, SIG_DFL), SIG_IGN);
  EXPECT_EQ(std::signal(SIGUSR2, SIG_DFL), SIG_DFL);
}

TEST(SignalWatch, SignalWhileThreadsWorkComesToTheLoop) {
  in_real_time([]() -> Task<> {
    SignalWatch watch({SIGUSR1});
    const int sent = co_await to_thread([] { return kill(getpid(), SIGUSR1); });
    const int signal = co_await watch.next();
    EXPECT_EQ(sent, 0);
    EXPECT_EQ(signal, SIGUSR1);
  });
}

// timeout(1) sends its signal to the program and to its group: a run under it was always killed in the
// middle.
TEST(SignalWatch, SignalThatIsSentTwiceAtOnceIsOne) {
  in_real_time([]() -> Task<> {
    SignalWatch watch({SIGUSR1});
    raise(SIGUSR1);
    raise(SIGUSR1);
    const int signal = co_await watch.next();
    EXPECT_EQ(signal, SIGUSR1);
  });
}

TEST(SignalWatchDeathTest, SecondSignalEndsTheProcessAtOnce) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto raise_twice = [] {
    in_real_time([]() -> Task<> {
      const SignalWatch watch({SIGUSR1, SIGUSR2});
      raise(SIGUSR1);
      std::this_thread::sleep_for(60ms);
      raise(SIGUSR2);
      std::_Exit(0);  // not reached, though the loop had no turn
      co_return;
    });
  };
  EXPECT_EXIT(raise_twice(), testing::ExitedWithCode(128 + SIGUSR2), "");
}

}  // namespace
}  // namespace crawler::async
