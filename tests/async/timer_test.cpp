#include "crawler/async/timer.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <limits>
#include <random>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

class Alarm final : public Timer {
 public:
  explicit Alarm(std::function<void()> ring) : ring_(std::move(ring)) {}
  void fire() noexcept override { ring_(); }

 private:
  std::function<void()> ring_;
};

class TimerHeapTest : public testing::Test {
 protected:
  /// Rings its name at so many milliseconds.
  Alarm& arm(std::string name, int ms) {
    Alarm& alarm = alarms_.emplace_back([this, name] { rung_.push_back(name); });
    timers_.arm(alarm, at(ms));
    return alarm;
  }
  static TimePoint at(int ms) { return TimePoint(1h + std::chrono::milliseconds(ms)); }

  Log rung_;
  TimerHeap timers_;
  std::deque<Alarm> alarms_;
};

TEST_F(TimerHeapTest, FiresWhatIsDueInOrderOfTimeThenOfArming) {
  for (const auto& [name, ms] : {std::pair{"c", 30}, {"a", 10}, {"b", 20}, {"a2", 10}}) arm(name, ms);
  timers_.fire_due(at(9));
  EXPECT_THAT(rung_, IsEmpty());
  timers_.fire_due(at(20));
  EXPECT_THAT(rung_, ElementsAre("a", "a2", "b"));
  EXPECT_EQ(timers_.earliest(), at(30));
}

TEST_F(TimerHeapTest, DisarmedNeverFires) {
  Alarm& first = arm("a", 10);
  arm("b", 20);
  timers_.disarm(first);
  timers_.disarm(first);
  EXPECT_FALSE(first.is_armed());
  timers_.fire_due(at(30));
  EXPECT_THAT(rung_, ElementsAre("b"));
  EXPECT_FALSE(timers_.earliest());
}

TEST_F(TimerHeapTest, ArmedAgainMoves) {
  Alarm& alarm = arm("a", 10);
  arm("b", 20);
  timers_.arm(alarm, at(30));
  timers_.fire_due(at(30));
  EXPECT_THAT(rung_, ElementsAre("b", "a"));
}

TEST_F(TimerHeapTest, DestroyedDisarms) {
  {
    Alarm alarm([] { FAIL(); });
    timers_.arm(alarm, at(10));
  }
  timers_.fire_due(at(10));
  EXPECT_EQ(timers_.earliest(), std::nullopt);
}

TEST_F(TimerHeapTest, MayDisarmAnotherFromFire) {
  Alarm* second = nullptr;
  Alarm first([&] { timers_.disarm(*second); });
  timers_.arm(first, at(10));
  second = &arm("second", 10);
  timers_.fire_due(at(10));
  EXPECT_THAT(rung_, IsEmpty());
}

TEST_F(TimerHeapTest, OneThatArmsItselfForThePastFiresOnceACallAndKeepsNobodyBack) {
  int fired = 0;
  Alarm* self = nullptr;
  Alarm greedy([&] {
    ++fired;
    timers_.arm(*self, TimePoint::min());
  });
  self = &greedy;
  timers_.arm(greedy, TimePoint::min());
  arm("other", 10);
  timers_.fire_due(at(10));
  EXPECT_EQ(fired, 1);
  EXPECT_THAT(rung_, ElementsAre("other"));
  timers_.fire_due(at(10));
  EXPECT_EQ(fired, 2);
}

TEST_F(TimerHeapTest, KeepsOrderThroughRandomArmingAndDisarming) {
  std::minstd_rand random(7);
  for (int i = 0; i < 2000; ++i) arm(std::to_string(i), static_cast<int>(random() % 500));
  std::vector<std::pair<TimePoint, int>> expected;
  for (int i = 0; i < 2000; ++i) {
    Alarm& alarm = alarms_[static_cast<std::size_t>(i)];
    if (random() % 3 == 0) {
      timers_.disarm(alarm);
    } else {
      const TimePoint when = at(static_cast<int>(random() % 500));
      timers_.arm(alarm, when);
      expected.emplace_back(when, i);
    }
  }
  std::sort(expected.begin(), expected.end());
  timers_.fire_due(at(500));
  Log names;
  for (const auto& [when, i] : expected) names.push_back(std::to_string(i));
  EXPECT_EQ(rung_, names);
}

TEST(Sleep, R01_EndsInTheOrderOfTheDeadlines) {
  in_virtual_time([]() -> Task<> {
    std::vector<Duration> log;
    const auto nap = [&](Duration duration) -> Task<> {
      const TimePoint begin = now();
      co_await sleep(duration);
      EXPECT_EQ(now() - begin, duration);
      log.push_back(duration);
    };
    std::vector<TaskHandle<>> tasks;
    for (const Duration duration : {20ms, 5ms, 10ms}) tasks.push_back(spawn(nap(duration)));
    for (const TaskHandle<>& task : tasks) co_await task;
    EXPECT_THAT(log, ElementsAre(5ms, 10ms, 20ms));
  });
}

TEST(Sleep, NegativeIsOneRound) {
  in_virtual_time([]() -> Task<> {
    const TimePoint begin = now();
    co_await sleep(-1h);
    co_await sleep(Duration::min());
    EXPECT_EQ(now(), begin);
  });
}

TEST(Sleep, OfTheLongestDurationMayBeCancelled) {
  in_virtual_time([]() -> Task<> {
    co_await sleep(1h);
    const auto task = start([]() -> Task<> { co_await sleep(Duration::max()); });
    co_await sleep(1000h);
    EXPECT_FALSE(task.is_done());
    task.cancel();
    co_await end_of(task);
  });
}

TEST(Sleep, IsNeverShorterThanAskedInRealTime) {
  in_real_time([]() -> Task<> {
    for (const Duration duration : {Duration(1ms), Duration(1500us), Duration(1ns)}) {
      const TimePoint begin = now();
      co_await sleep(duration);
      EXPECT_GE(now() - begin, duration);
    }
  });
}

}  // namespace
}  // namespace crawler::async
