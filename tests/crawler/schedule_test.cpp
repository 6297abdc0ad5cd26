#include "crawler/schedule.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/event_loop.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "tests/crawler/schedule_fixture.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::EventLoop;
using async::Task;
using async::TaskHandle;
using testing::IsEmpty;

TEST_F(ScheduleTest, GivesAHostsUrlsInTheirOrder) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 3);
    schedule.close();
    std::string paths;
    while (std::optional<Turn> turn = co_await schedule.next()) {
      turn->note_answer();
      paths += turn->answer().url.path();
    }
    EXPECT_EQ(paths, "/0/1/2");
  });
}

TEST_F(ScheduleTest, GivesAHostFewTurnsUntilAConnectionStands) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 100);
    put(schedule, "192.0.2.2", 1);
    schedule.close();
    std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_EQ(turns.size(), 12U + 1U);
    turns[host_of(turns[0]) == "192.0.2.1" ? 0 : 1].connect_watcher()->note_connected();
    std::vector<Turn> more = co_await all_turns(schedule);
    EXPECT_EQ(more.size(), 100U - 12U);
  });
}

TEST_F(ScheduleTest, GivesAHostHalfUntilItAnswersWhileTheListIsRead) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 100);
    std::vector<Turn> turns = co_await all_turns(schedule);
    turns[0].connect_watcher()->note_connected();
    std::vector<Turn> half = co_await all_turns(schedule);
    EXPECT_EQ(turns.size() + half.size(), 50U);
    schedule.close();
    std::vector<Turn> rest = co_await all_turns(schedule);
    EXPECT_EQ(turns.size() + half.size() + rest.size(), 100U);
  });
}

TEST_F(ScheduleTest, GivesTheLeastBusyHostTheNextTurn) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 8);
    std::vector<Turn> turns = co_await all_turns(schedule);
    put(schedule, "192.0.2.1", 2);
    put(schedule, "192.0.2.2", 2);
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_EQ(host_of(*turn), "192.0.2.2");
  });
}

TEST_F(ScheduleTest, LeavesAHostAloneThatMinds) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 5);
    schedule.close();
    {
      std::optional<Turn> turn = co_await schedule.next();
      EXPECT_TRUE(turn->note_refusal(10s));
    }
    const auto refused_at = EventLoop::current().now();
    std::vector<Turn> none = co_await all_turns(schedule);
    EXPECT_THAT(none, IsEmpty());
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_EQ(EventLoop::current().now() - refused_at, 10s);
    std::vector<Turn> others = co_await all_turns(schedule);
    EXPECT_THAT(others, IsEmpty()) << "one at a time";
    turn->note_answer();
    turn->end_transfer();
    std::vector<Turn> two = co_await all_turns(schedule);
    EXPECT_EQ(two.size(), 2U);
  });
}

TEST_F(ScheduleTest, KeepsTheOthersGoingMeanwhile) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 50);
    {
      std::optional<Turn> turn = co_await schedule.next();
      EXPECT_TRUE(turn->note_refusal(100s));
    }
    put(schedule, "192.0.2.2", 1);
    const auto before = EventLoop::current().now();
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_EQ(host_of(*turn), "192.0.2.2");
    EXPECT_EQ(EventLoop::current().now(), before);
  });
}

TEST_F(ScheduleTest, EndsADeadHostsUrlsWithoutARequest) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 500);
    schedule.close();
    int requests = 0;
    int ended = 0;
    while (std::optional<Turn> turn = co_await schedule.next()) {
      ++ended;
      if (turn->obstacle() == PageError::connect) continue;
      ++requests;
      turn->note_no_connection();
    }
    EXPECT_EQ(requests, Breaker::kFailures);
    EXPECT_EQ(ended, 500);
  });
}

// A closed port 80 ended all the https URLs of its host without asking for one.
TEST_F(ScheduleTest, TakesAClosedPortForNoMoreThanItsScheme) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 5);
    for (int i = 0; i < 5; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_no_connection();
    }
    schedule.put(url("https://192.0.2.1/"));
    schedule.put(url("http://192.0.2.1/"));
    std::optional<Turn> secure = co_await schedule.next();
    EXPECT_EQ(secure->obstacle(), std::nullopt);
    std::optional<Turn> plain = co_await schedule.next();
    EXPECT_EQ(plain->obstacle(), PageError::connect);
  });
}

TEST_F(ScheduleTest, AsksADeadHostAgainAfterAWhileOneAtATime) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 5);
    for (int i = 0; i < 5; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_no_connection();
    }
    co_await async::sleep(Breaker::kOpenFor);
    put(schedule, "192.0.2.1", 5);
    std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_EQ(turns.size(), 1U);
    EXPECT_EQ(turns.front().obstacle(), std::nullopt);
  });
}

TEST_F(ScheduleTest, GivesWhatWasPutBackWhenItIsDueBeforeWhatIsNew) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 3);
    std::optional<Turn> first = co_await schedule.next();
    first->note_answer();
    schedule.put_back(*std::move(first), EventLoop::current().now() + 5s);
    std::optional<Turn> second = co_await schedule.next();
    EXPECT_EQ(second->answer().url.path(), "/1");
    co_await async::sleep(5s);
    std::optional<Turn> third = co_await schedule.next();
    EXPECT_EQ(third->answer().url.path(), "/0");
  });
}

TEST_F(ScheduleTest, PutsARedirectUnderTheHostThatItLeadsTo) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    put(schedule, "192.0.2.2", 1);
    std::optional<Turn> first = co_await schedule.next();
    std::optional<Turn> second = co_await schedule.next();
    second->note_refusal(60s);
    first->note_answer();
    first->answer().redirected_to = url("http://192.0.2.2/x");
    schedule.put_back(*std::move(first), EventLoop::current().now());
    const auto before = EventLoop::current().now();
    second->end_transfer();
    std::optional<Turn> hop = co_await schedule.next();
    EXPECT_EQ(hop->answer().final_url().path(), "/x");
    EXPECT_EQ(EventLoop::current().now() - before, 60s) << "which is in a pause";
  });
}

TEST_F(ScheduleTest, TakesHttpAndHttpsForOneHostAndAnotherPortForAnother) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.put(url("http://192.0.2.1/"));
    {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_refusal(60s);
    }
    schedule.put(url("https://192.0.2.1/"));
    schedule.put(url("http://192.0.2.1:8080/"));
    std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_EQ(turns.size(), 1U);
    EXPECT_EQ(turns.front().answer().url.port(), 8080);
  });
}

TEST_F(ScheduleTest, HasRoomForSoManyAndNoMore) {
  bounds_.urls = 8;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 8);
    const TaskHandle<> room = async::spawn(schedule.wait_for_room());
    co_await async::sleep(1s);
    EXPECT_FALSE(room.is_done());
    for (int i = 0; i < 2; ++i) std::optional<Turn> turn = co_await schedule.next();
    co_await async::sleep(1s);
    EXPECT_TRUE(room.is_done()) << "a quarter is free";
  });
}

TEST_F(ScheduleTest, BoundsTheBytesToo) {
  bounds_.bytes = 100'000;
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.put(url("http://192.0.2.1/" + std::string(60'000, 'x')));
    co_await schedule.wait_for_room();
    schedule.put(url("http://192.0.2.1/" + std::string(60'000, 'y')));
    const TaskHandle<> room = async::spawn(schedule.wait_for_room());
    co_await async::sleep(1s);
    EXPECT_FALSE(room.is_done());
    { std::optional<Turn> turn = co_await schedule.next(); }
    co_await async::sleep(1s);
    EXPECT_TRUE(room.is_done());
  });
}

TEST_F(ScheduleTest, EndsWhenItIsClosedAndAllHaveEnded) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    schedule.close();
    std::optional<Turn> turn = co_await schedule.next();
    const TaskHandle<std::optional<Turn>> next = async::spawn(schedule.next());
    co_await async::sleep(1s);
    EXPECT_FALSE(next.is_done()) << "it may be put back";
    schedule.put_back(*std::move(turn), EventLoop::current().now());
    co_await async::sleep(1s);
    EXPECT_TRUE(next.is_done());
  });
}

TEST_F(ScheduleTest, GivesBackWhatHasBegunWhenARunIsStopped) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 3);
    std::optional<Turn> turn = co_await schedule.next();
    turn->answer().fetches.emplace_back();
    schedule.put_back(*std::move(turn), EventLoop::current().now() + 1h);
    const std::list<Answer> begun = schedule.take_begun();
    EXPECT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun.front().url.path(), "/0");
  });
}

// A visit that is cancelled before its first step never runs, and what its URL had behind it was forgotten.
TEST_F(ScheduleTest, TakesBackAUrlWhoseTurnNobodyUsed) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 2);
    {
      std::optional<Turn> turn = co_await schedule.next();
      turn->answer().fetches.emplace_back();
      schedule.put_back(*std::move(turn), EventLoop::current().now());
    }
    { std::optional<Turn> unused = co_await schedule.next(); }
    EXPECT_EQ(schedule.take_begun().size(), 1U);
  });
}

// 1,500 URLs with long chains of redirects behind them held 900 MB while they waited.
TEST_F(ScheduleTest, BeginsNothingNewOfAHostWhoseUrlsWaitAgainAndHoldTooMuch) {
  bounds_.bytes = 100'000;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 2);
    std::optional<Turn> first = co_await schedule.next();
    first->answer().hops.emplace_back(200'000, 'x');
    first->answer().fetches.emplace_back();
    schedule.put_back(*std::move(first), EventLoop::current().now() + 10s);
    put(schedule, "192.0.2.2", 1);
    const auto before = EventLoop::current().now();
    std::optional<Turn> other = co_await schedule.next();
    EXPECT_EQ(host_of(*other), "192.0.2.2") << "which holds nothing";
    std::optional<Turn> again = co_await schedule.next();
    EXPECT_EQ(EventLoop::current().now() - before, 10s);
    EXPECT_EQ(again->answer().url.path(), "/0");
    std::optional<Turn> next = co_await schedule.next();
    EXPECT_EQ(next->answer().url.path(), "/1");
  });
}

TEST_F(ScheduleTest, ForgetsTheHostsThatItHasNotSeenForLong) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    for (int i = 0; i < 25'000; ++i) {
      put(schedule, "10." + std::to_string(i / 250) + ".0." + std::to_string(i % 250), 1);
      std::optional<Turn> turn = co_await schedule.next();
    }
    EXPECT_LE(schedule.hosts(), 10'001U);
  });
}

}  // namespace
}  // namespace crawler
