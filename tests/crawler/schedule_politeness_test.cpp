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
#include "crawler/async/task.h"
#include "crawler/schedule.h"
#include "tests/crawler/schedule_fixture.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::EventLoop;
using async::Task;
using async::TaskHandle;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SchedulePolitenessTest : public ScheduleTest {
 protected:
  /// Takes the next turn for as long as a transfer lasts.
  static Task<> ask(Schedule& schedule, async::Duration takes) {
    std::optional<Turn> turn = co_await schedule.next();
    co_await async::sleep(takes);
    turn->note_answer();
  }
  /// When each turn that is left begins.
  static Task<std::vector<async::Duration>> times(Schedule& schedule) {
    std::vector<async::Duration> times;
    while (std::optional<Turn> turn = co_await schedule.next()) times.push_back(now());
    co_return times;
  }
};

TEST_F(SchedulePolitenessTest, WaitsForTheDelayAfterTheEndOfARequest) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 3);
    co_await ask(schedule, 3s);
    co_await ask(schedule, 4s);
    EXPECT_EQ(now(), 3s + 10s + 4s);
    co_await ask(schedule, 0s);
    EXPECT_EQ(now(), 3s + 10s + 4s + 10s);
  });
}

TEST_F(SchedulePolitenessTest, AsksAHostWithADelayOneAtATime) {
  politeness_.delay = 1ms;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 5);
    std::optional<Turn> turn = co_await schedule.next();
    co_await async::sleep(1h);
    std::vector<Turn> more = co_await all_turns(schedule);
    EXPECT_THAT(more, IsEmpty());
  });
}

TEST_F(SchedulePolitenessTest, DelaysNoOtherHost) {
  politeness_.delay = 1h;
  with_schedule([&](Schedule& schedule) -> Task<> {
    for (int i = 0; i < 100; ++i) put(schedule, "192.0.2." + std::to_string(i), 3);
    std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_THAT(turns, SizeIs(100));
    EXPECT_EQ(now(), 0s);
  });
}

TEST_F(SchedulePolitenessTest, CountsRedirectsAndRetriesAsRequests) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    std::optional<Turn> first = co_await schedule.next();
    first->answer().redirected_to = url("http://192.0.2.1/x");
    schedule.put_back(*std::move(first), EventLoop::current().now());
    std::optional<Turn> hop = co_await schedule.next();
    EXPECT_EQ(now(), 10s);
    schedule.put_back(*std::move(hop), EventLoop::current().now() + 500ms);
    std::optional<Turn> retry = co_await schedule.next();
    EXPECT_EQ(now(), 20s) << "a back-off is no shorter than the delay";
    schedule.put_back(*std::move(retry), EventLoop::current().now() + 30s);
    std::optional<Turn> last = co_await schedule.next();
    EXPECT_EQ(now(), 50s) << "nor made longer by it";
  });
}

TEST_F(SchedulePolitenessTest, WaitsForTheLongerOfPauseAndDelay) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 3);
    {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_refusal(60s);
    }
    {
      std::optional<Turn> turn = co_await schedule.next();
      EXPECT_EQ(now(), 60s);
      turn->note_refusal(1s);
    }
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_EQ(now(), 70s);
  });
}

TEST_F(SchedulePolitenessTest, HasTheUrlsOfADeadHostWaitForNoDelay) {
  politeness_.delay = 1s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 505);
    for (int i = 0; i < 5; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_no_connection();
    }
    EXPECT_EQ(now(), 4s);
    schedule.close();
    std::vector<async::Duration> rest = co_await times(schedule);
    EXPECT_THAT(rest, SizeIs(500));
    EXPECT_THAT(rest, Each(async::Duration(4s)));
  });
}

TEST_F(SchedulePolitenessTest, OwesNoDelayToATurnWithoutARequest) {
  politeness_.delay = 1s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 6);
    for (int i = 0; i < 5; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_no_connection();
    }
    co_await async::sleep(500ms);
    { std::optional<Turn> without = co_await schedule.next(); }
    schedule.put(url("https://192.0.2.1/"));
    co_await ask(schedule, 0s);
    EXPECT_EQ(now(), 5s);
  });
}

// A URL that was to end at once, its host being down, was asked for when nobody took its turn for so long.
TEST_F(SchedulePolitenessTest, WaitsForTheDelayOfAHostThatIsNoLongerTakenForDown) {
  politeness_.delay = 100s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 6);
    for (int i = 0; i < 5; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_no_connection();
    }
    co_await async::sleep(Breaker::kOpenFor);
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_EQ(turn->obstacle(), std::nullopt);
    EXPECT_EQ(now(), 500s);
  });
}

TEST_F(SchedulePolitenessTest, BeginsAResumedRunWithTheDelay) {
  politeness_.delay = 10s;
  politeness_.is_resumed = true;
  with_schedule([&](Schedule& schedule) -> Task<> {
    co_await async::sleep(4s);
    put(schedule, "192.0.2.1", 1);
    co_await ask(schedule, 0s);
    EXPECT_EQ(now(), 10s);
    put(schedule, "192.0.2.2", 1);
    co_await ask(schedule, 0s);
    EXPECT_EQ(now(), 10s) << "nobody can have asked it since";
  });
}

// A host that was asked, forgotten for want of memory and met again was asked without its delay.
TEST_F(SchedulePolitenessTest, KeepsTheDelayOfAHostThatItForgot) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    co_await async::sleep(2s);
    co_await ask(schedule, 0s);
    for (int i = 0; i < 10'000; ++i) {
      put(schedule, "10." + std::to_string(i / 250) + ".0." + std::to_string(i % 250), 1);
      { std::optional<Turn> turn = co_await schedule.next(); }
      co_await async::sleep(100us);
    }
    EXPECT_EQ(schedule.hosts(), 10'000U);
    EXPECT_LT(now(), 4s);
    put(schedule, "192.0.2.1", 1);
    co_await ask(schedule, 0s);
    EXPECT_EQ(now(), 12s);
  });
}

TEST_F(SchedulePolitenessTest, AsksAHostSoManyAtOnce) {
  politeness_.per_host = 8;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 100);
    put(schedule, "192.0.2.2", 100);
    std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_THAT(turns, SizeIs(16));
    turns.clear();
    std::vector<Turn> more = co_await all_turns(schedule);
    EXPECT_THAT(more, SizeIs(16));
  });
}

TEST_F(SchedulePolitenessTest, AsksAHostThatMindsFewerThanItMay) {
  politeness_.per_host = 8;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 20);
    {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_refusal(1s);
    }
    co_await async::sleep(1s);
    std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_THAT(turns, SizeIs(1));
  });
}

TEST_F(SchedulePolitenessTest, HandsAUrlsClaimAndPurposeOn) {
  politeness_.robots = Robots::ignore;
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.put(url("http://192.0.2.1/a"), found(7));
    schedule.put(url("http://192.0.2.1/b"), std::nullopt, Purpose::sitemap);
    std::optional<Turn> page = co_await schedule.next();
    std::optional<Turn> sitemap = co_await schedule.next();
    EXPECT_EQ(page->answer().claim->id, 7);
    EXPECT_EQ(page->answer().purpose, Purpose::page);
    EXPECT_FALSE(sitemap->answer().claim);
    EXPECT_EQ(sitemap->answer().purpose, Purpose::sitemap);
  });
}

TEST_F(SchedulePolitenessTest, GivesBackAllButOneOfEachSlowHost) {
  politeness_.delay = 60s;
  politeness_.robots = Robots::ignore;
  with_schedule([&](Schedule& schedule) -> Task<> {
    for (int i = 1; i <= 5; ++i) put_found(schedule, "http://192.0.2.1/" + std::to_string(i), i);
    { std::optional<Turn> turn = co_await schedule.next(); }
    put_found(schedule, "http://192.0.2.2/", 6);
    put_found(schedule, "http://192.0.2.2/", 7);
    put(schedule, "192.0.2.1", 1);
    EXPECT_THAT(schedule.give_back(61s), IsEmpty()) << "it may be asked before";
    std::vector<std::int64_t> ids;
    for (const Claim& claim : schedule.give_back(10s)) ids.push_back(claim.id);
    EXPECT_THAT(ids, ElementsAre(3, 4, 5));
    EXPECT_EQ(schedule.urls(), 4U);
    EXPECT_THAT(schedule.give_back(10s), IsEmpty());
  });
}

TEST_F(SchedulePolitenessTest, GivesBackNothingThatHasBegun) {
  politeness_.robots = Robots::ignore;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/1");
    put_found(schedule, "http://192.0.2.1/2");
    std::optional<Turn> turn = co_await schedule.next();
    turn->note_refusal(100s);
    turn->answer().fetches.emplace_back();
    schedule.put_back(*std::move(turn), EventLoop::current().now());
    EXPECT_THAT(schedule.give_back(10s), IsEmpty());
    EXPECT_EQ(schedule.urls(), 2U);
  });
}

TEST_F(SchedulePolitenessTest, GivesBackWhatWaitsForTheRobotsOfASlowHost) {
  politeness_.delay = 60s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    co_await ask(schedule, 0s);
    for (int i = 1; i <= 5; ++i) put_found(schedule, "http://192.0.2.1/" + std::to_string(i), i);
    EXPECT_THAT(schedule.give_back(10s), SizeIs(4));
    EXPECT_EQ(schedule.urls(), 1U);
  });
}

TEST_F(SchedulePolitenessTest, LeavesOneThatWaitsForTheRobotsTxtThatIsAskedFor) {
  politeness_.delay = 60s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    co_await ask(schedule, 0s);
    schedule.put(url("http://192.0.2.1/listed"), listed());
    Claim claim = found(2);
    claim.is_on_listed_host = true;
    schedule.put(url("http://192.0.2.1/found"), claim);
    EXPECT_THAT(schedule.give_back(10s), IsEmpty());
    schedule.fetch_robots("http://192.0.2.1");
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_TRUE(turn->answer().is_on_listed_host);
  });
}

TEST_F(SchedulePolitenessTest, TellsWhoeverFillsItWhenItHasFew) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 5);
    const TaskHandle<> need = async::spawn(schedule.wait_for_need(3));
    for (int i = 0; i < 2; ++i) co_await ask(schedule, 1s);
    EXPECT_FALSE(need.is_done());
    co_await ask(schedule, 0s);
    co_await async::sleep(1s);
    EXPECT_TRUE(need.is_done());
    co_await schedule.wait_for_need(3);
  });
}

TEST_F(SchedulePolitenessTest, NeedsNothingWhereFewUrlsAreLong) {
  bounds_.bytes = 100'000;
  with_schedule([&](Schedule& schedule) -> Task<> {
    for (int i = 0; i < 2; ++i) {
      Claim claim = listed();
      claim.referrer = std::string(60'000, 'r');
      schedule.put(url("http://192.0.2.1/"), claim);
    }
    EXPECT_TRUE(schedule.is_full());
    const TaskHandle<> need = async::spawn(schedule.wait_for_need(100));
    co_await async::sleep(1s);
    EXPECT_FALSE(need.is_done());
    co_await ask(schedule, 0s);
    co_await async::sleep(1s);
    EXPECT_TRUE(need.is_done());
  });
}

}  // namespace
}  // namespace crawler
