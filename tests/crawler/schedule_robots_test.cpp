#include <algorithm>
#include <chrono>
#include <cstddef>
#include <list>
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
#include "crawler/origin_robots.h"
#include "crawler/schedule.h"
#include "tests/crawler/schedule_fixture.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::EventLoop;
using async::Task;
using async::TaskHandle;
using testing::SizeIs;

constexpr const char* kOrigin = "http://192.0.2.1";
constexpr const char* kForbidden = "User-agent: *\nDisallow: /forbidden";

class ScheduleRobotsTest : public ScheduleTest {
 protected:
  /// The origins that are wanted by now, with a space between them.
  static Task<> expect_wanted(Schedule& schedule, std::string expected) {
    const TaskHandle<std::vector<std::string>> wanted = async::spawn(schedule.wanted_robots());
    co_await async::sleep(1ms);
    std::string told;
    if (wanted.is_done()) {
      const std::vector<std::string> origins = co_await TaskHandle<std::vector<std::string>>(wanted);
      for (const std::string& origin : origins) told += (told.empty() ? "" : " ") + origin;
    }
    wanted.cancel();
    co_await async::sleep(1ms);
    EXPECT_EQ(told, expected);
  }
  /// The next URLs, as next_path() has them, with a comma between them.
  static Task<> expect_next(Schedule& schedule, std::string expected) {
    std::string paths = co_await next_path(schedule);
    for (auto left = std::ranges::count(expected, ','); left > 0; --left) {
      const std::string path = co_await next_path(schedule);
      paths += ", " + path;
    }
    EXPECT_EQ(paths, expected);
  }
  /// How many can have their turn without anything having to happen.
  static Task<> expect_ready(Schedule& schedule, std::size_t expected) {
    const std::vector<Turn> turns = co_await all_turns(schedule);
    EXPECT_EQ(turns.size(), expected);
  }
};

// RFC 9309, 2.3: "The rules MUST be accessible in a file named "/robots.txt" ... in the top-level path of the
// service."
TEST_F(ScheduleRobotsTest, AsksForThemBeforeAPageThatWasFound) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/a");
    put_found(schedule, "http://192.0.2.1/forbidden");
    co_await expect_wanted(schedule, kOrigin);
    co_await expect_ready(schedule, 0);
    schedule.fetch_robots(kOrigin);
    co_await expect_next(schedule, "/robots.txt");
    co_await expect_ready(schedule, 0);
    schedule.set_robots(robots(kOrigin, kForbidden));
    co_await expect_next(schedule, "/forbidden robots, /a");
  });
}

TEST_F(ScheduleRobotsTest, AsksOnceForAllThatWait) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    for (int i = 0; i < 5; ++i) put_found(schedule, "http://192.0.2.1/" + std::to_string(i));
    co_await expect_wanted(schedule, kOrigin);
    put_found(schedule, "http://192.0.2.1/5");
    co_await expect_wanted(schedule, "");
    schedule.set_robots(robots(kOrigin, ""));
    co_await expect_ready(schedule, 6);
    put_found(schedule, "http://192.0.2.1/6");
    co_await expect_ready(schedule, 1);  // what is known is known
  });
}

TEST_F(ScheduleRobotsTest, AsksForNoListedUrlUnlessItIsToObey) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    schedule.put(url("http://192.0.2.1/listed"), listed());
    schedule.set_robots(robots(kOrigin, "User-agent: *\nDisallow: /"));
    co_await expect_next(schedule, "/0, /listed");
  });
  politeness_.robots = Robots::obey;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    schedule.put(url("http://192.0.2.1/listed"), listed());
    schedule.set_robots(robots(kOrigin, "User-agent: *\nDisallow: /"));
    co_await expect_next(schedule, "/0 robots, /listed robots");
  });
}

TEST_F(ScheduleRobotsTest, AsksForNoneWhereTheyAreIgnored) {
  politeness_.robots = Robots::ignore;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/a");
    co_await expect_next(schedule, "/a");
    co_await expect_wanted(schedule, "");
  });
}

TEST_F(ScheduleRobotsTest, AsksForNoSitemap) {
  politeness_.robots = Robots::obey;
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.put(url("http://192.0.2.1/sitemap.xml"), std::nullopt, Purpose::sitemap);
    co_await expect_next(schedule, "/sitemap.xml");
  });
}

// RFC 9309, 2.3: the rules of one scheme, host and port are not those of another.
TEST_F(ScheduleRobotsTest, HasTheRulesOfEachOriginForItself) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/forbidden");
    put_found(schedule, "https://192.0.2.1/forbidden");
    put_found(schedule, "http://192.0.2.1:8080/forbidden");
    co_await expect_wanted(schedule, "http://192.0.2.1 http://192.0.2.1:8080");
    schedule.set_robots(robots(kOrigin, kForbidden));
    co_await expect_wanted(schedule, "https://192.0.2.1");  // one of a host at a time
    co_await expect_next(schedule, "/forbidden robots");
    schedule.set_robots(robots("https://192.0.2.1", ""));
    co_await expect_next(schedule, "/forbidden");
    co_await expect_ready(schedule, 0);
  });
}

TEST_F(ScheduleRobotsTest, GivesRobotsTxtTheNextTurnOfItsHost) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 3);
    schedule.fetch_robots(kOrigin);
    std::optional<Turn> turn = co_await schedule.next();
    EXPECT_EQ(turn->answer().url.path(), "/robots.txt");
    EXPECT_EQ(turn->answer().purpose, Purpose::robots);
  });
}

TEST_F(ScheduleRobotsTest, JudgesARedirectWhereItLeads) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots("http://192.0.2.2", kForbidden));
    schedule.set_robots(robots(kOrigin, ""));
    put_found(schedule, "http://192.0.2.1/a");
    std::optional<Turn> first = co_await schedule.next();
    first->answer().fetches.emplace_back();
    first->answer().redirected_to = url("http://192.0.2.2/forbidden");
    schedule.put_back(*std::move(first), EventLoop::current().now());
    co_await expect_next(schedule, "/forbidden robots");
  });
}

// A thousand URLs of a site that wants none of them took three hours to end.
TEST_F(ScheduleRobotsTest, EndsWhatIsForbiddenAtOnceWhateverTheDelay) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/allowed");
    for (int i = 0; i < 1000; ++i) put_found(schedule, "http://192.0.2.1/forbidden/" + std::to_string(i));
    put_found(schedule, "http://192.0.2.1/allowed");
    co_await expect_wanted(schedule, kOrigin);
    schedule.fetch_robots(kOrigin);
    co_await expect_next(schedule, "/robots.txt");
    const async::Duration asked_at = now();
    schedule.set_robots(robots(kOrigin, kForbidden));
    schedule.close();
    for (int i = 0; i < 1000; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      EXPECT_EQ(turn->obstacle(), PageError::robots);
    }
    EXPECT_EQ(now(), asked_at);
    co_await expect_next(schedule, "/allowed");
    EXPECT_EQ(now() - asked_at, 10s) << "robots.txt is a request too";
    co_await expect_next(schedule, "/allowed");
    co_await expect_next(schedule, "end");
    EXPECT_EQ(now() - asked_at, 20s);
  });
}

TEST_F(ScheduleRobotsTest, EndsWhatIsForbiddenWhileARequestIsUnderWay) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    schedule.set_robots(robots(kOrigin, kForbidden));
    std::optional<Turn> turn = co_await schedule.next();
    put_found(schedule, "http://192.0.2.1/forbidden");
    co_await expect_next(schedule, "/forbidden robots");
  });
}

TEST_F(ScheduleRobotsTest, TakesTheCrawlDelayIfItIsLonger) {
  politeness_.delay = 3s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 2);
    put(schedule, "192.0.2.2", 2);
    schedule.set_robots(robots(kOrigin, "User-agent: *\nCrawl-delay: 5"));
    schedule.set_robots(robots("http://192.0.2.2", "User-agent: *\nCrawl-delay: 1"));
    co_await expect_next(schedule, "/0, /0");
    co_await expect_next(schedule, "/1");
    EXPECT_EQ(now(), 3s);
    co_await expect_next(schedule, "/1");
    EXPECT_EQ(now(), 5s);
  });
}

TEST_F(ScheduleRobotsTest, TakesTheLongestCrawlDelayOfAHostsOrigins) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 2);
    schedule.set_robots(robots("https://192.0.2.1", "User-agent: *\nCrawl-delay: 7"));
    schedule.set_robots(robots(kOrigin, "User-agent: *\nCrawl-delay: 5"));
    schedule.set_robots(robots("https://192.0.2.1", "", 503));
    co_await expect_next(schedule, "/0, /1");
    EXPECT_EQ(now(), 7s) << "also while they cannot be had";
  });
}

TEST_F(ScheduleRobotsTest, KnowsTheCrawlDelayOfAHostThatIsMetLater) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, "User-agent: *\nCrawl-delay: 5"));
    put(schedule, "192.0.2.1", 2);
    co_await expect_next(schedule, "/0, /1");
    EXPECT_EQ(now(), 5s);
  });
}

// RFC 9309, 2.2.1: the product token names the group.
TEST_F(ScheduleRobotsTest, FollowsTheGroupThatNamesIt) {
  politeness_.product_token = "crawl";
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, "User-agent: Crawl\nDisallow: /a\n\nUser-agent: *\nDisallow: /b"));
    put_found(schedule, "http://192.0.2.1/a");
    put_found(schedule, "http://192.0.2.1/b");
    co_await expect_next(schedule, "/a robots, /b");
  });
}

// RFC 9309, 2.3.1.4: "the crawler MUST assume complete disallow."
TEST_F(ScheduleRobotsTest, SaysWhetherARuleForbidsOrNothingIsKnown) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, kForbidden));
    schedule.set_robots(robots("http://192.0.2.2", "", 503));
    put_found(schedule, "http://192.0.2.1/forbidden");
    std::optional<Turn> by_rule = co_await schedule.next();
    EXPECT_EQ(by_rule->obstacle(), PageError::robots);
    EXPECT_FALSE(by_rule->is_robots_unreachable());
    EXPECT_FALSE(by_rule->may_pass());
    put_found(schedule, "http://192.0.2.2/");
    std::optional<Turn> unreachable = co_await schedule.next();
    EXPECT_EQ(unreachable->obstacle(), PageError::robots);
    EXPECT_TRUE(unreachable->is_robots_unreachable());
  });
}

// RFC 9309, 2.4: "Crawlers SHOULD NOT use the cached version for more than 24 hours".
TEST_F(ScheduleRobotsTest, AsksAgainAfterADay) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, ""));
    co_await async::sleep(24h - 1min);
    put_found(schedule, "http://192.0.2.1/a");
    co_await expect_next(schedule, "/a");
    co_await async::sleep(2min);
    put_found(schedule, "http://192.0.2.1/b");
    co_await expect_ready(schedule, 0);
    co_await expect_wanted(schedule, kOrigin);
  });
}

TEST_F(ScheduleRobotsTest, AsksAgainTenMinutesAfterItCouldNotBeHad) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, "", 503));
    co_await async::sleep(9min);
    put_found(schedule, "http://192.0.2.1/a");
    co_await expect_next(schedule, "/a robots");
    co_await async::sleep(2min);
    put_found(schedule, "http://192.0.2.1/b");
    co_await expect_wanted(schedule, kOrigin);
  });
}

TEST_F(ScheduleRobotsTest, JudgesWhatWaitsByARowHoweverOldItIs) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/forbidden");
    co_await expect_wanted(schedule, kOrigin);
    schedule.set_robots({.origin = kOrigin, .asked_at = 1, .status = 200, .body = kForbidden});
    co_await expect_next(schedule, "/forbidden robots");
    co_await async::sleep(2min);
    put_found(schedule, "http://192.0.2.1/a");
    co_await expect_wanted(schedule, kOrigin);
  });
}

// The first of RFC 6761's names that lead nowhere: nobody is asked.
TEST_F(ScheduleRobotsTest, EndsThePagesOfANameThatLeadsNowhereWithThat) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://a.invalid/1");
    put_found(schedule, "http://a.invalid/2");
    co_await expect_wanted(schedule, "http://a.invalid");
    schedule.fetch_robots("http://a.invalid");
    std::optional<Turn> asked = co_await schedule.next();
    EXPECT_EQ(asked->obstacle(), PageError::dns);
    asked->answer().response = std::unexpected(*asked->obstacle());
    const storage::RobotsRow row = robots_row(asked->answer(), now_in_seconds());
    asked.reset();
    schedule.set_robots(row);
    put_found(schedule, "http://a.invalid/3");
    co_await expect_next(schedule, "/1 dns, /2 dns, /3 dns");
    EXPECT_LT(now(), 1s);
  });
}

TEST_F(ScheduleRobotsTest, AsksForThemAnewWhenTheNameIsToBeLookedUpAgain) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "a.invalid", 1);
    co_await expect_next(schedule, "/0 dns");
    put_found(schedule, "http://a.invalid/1");
    co_await expect_next(schedule, "/1 dns");
    co_await async::sleep(1h);
    put_found(schedule, "http://a.invalid/2");
    co_await expect_ready(schedule, 0);
    co_await expect_wanted(schedule, "http://a.invalid");
  });
}

TEST_F(ScheduleRobotsTest, ForbidsThePagesOfAHostThatIsDown) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 5);
    for (int i = 0; i < 5; ++i) {
      std::optional<Turn> turn = co_await schedule.next();
      turn->note_no_connection();
    }
    put_found(schedule, "http://192.0.2.1/a");
    co_await expect_wanted(schedule, kOrigin);
    schedule.fetch_robots(kOrigin);
    co_await expect_next(schedule, "/robots.txt connect");
    schedule.set_robots(robots(kOrigin, "", 0));
    co_await expect_next(schedule, "/a robots");
  });
}

// A's robots.txt leads to B's, which is asked for at the same time.
TEST_F(ScheduleRobotsTest, FollowsARobotsTxtToAHostWhoseOwnIsAskedFor) {
  politeness_.delay = 10s;
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/a");
    put_found(schedule, "http://192.0.2.2/b");
    co_await expect_wanted(schedule, "http://192.0.2.1 http://192.0.2.2");
    const async::Duration begun = now();
    schedule.fetch_robots("http://192.0.2.2");
    std::optional<Turn> of_b = co_await schedule.next();
    schedule.fetch_robots(kOrigin);
    std::optional<Turn> of_a = co_await schedule.next();
    of_a->answer().redirected_to = url("http://192.0.2.2/robots.txt");
    of_a->answer().fetches.emplace_back();
    schedule.put_back(*std::move(of_a), EventLoop::current().now());
    co_await expect_ready(schedule, 0);  // one at a time
    of_b.reset();
    std::optional<Turn> hop = co_await schedule.next();
    EXPECT_EQ(hop->answer().final_url().href(), "http://192.0.2.2/robots.txt");
    EXPECT_EQ(now() - begun, 10s);
    hop.reset();
    schedule.set_robots(robots(kOrigin, ""));
    co_await expect_next(schedule, "/a");
  });
}

TEST_F(ScheduleRobotsTest, DoesNotEndBeforeWhatWaitsForRobots) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put_found(schedule, "http://192.0.2.1/a");
    schedule.close();
    const TaskHandle<std::string> next = async::spawn(next_path(schedule));
    co_await expect_wanted(schedule, kOrigin);
    EXPECT_FALSE(next.is_done());
    EXPECT_EQ(schedule.urls(), 1U);
    schedule.fetch_robots(kOrigin);
    EXPECT_EQ(schedule.urls(), 2U);
    co_await async::sleep(1s);
    EXPECT_TRUE(next.is_done());
    schedule.set_robots(robots(kOrigin, ""));
    co_await expect_next(schedule, "/a, end");
  });
}

// A host that had no URL but one that waited for robots.txt was forgotten, and the URL with it.
TEST_F(ScheduleRobotsTest, ForgetsNoHostWhoseUrlsWaitForRobots) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    put(schedule, "192.0.2.1", 1);
    co_await expect_next(schedule, "/0");
    put_found(schedule, "http://192.0.2.1/a");
    co_await expect_wanted(schedule, kOrigin);
    for (int i = 0; i < 10'100; ++i) {
      put(schedule, "10." + std::to_string(i / 250) + ".0." + std::to_string(i % 250), 1);
      std::optional<Turn> turn = co_await schedule.next();
    }
    schedule.set_robots(robots(kOrigin, ""));
    co_await expect_next(schedule, "/a");
  });
}

TEST_F(ScheduleRobotsTest, GivesBackWhatHasBegunAndIsNotJudged) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, ""));
    put_found(schedule, "http://192.0.2.1/a");
    put_found(schedule, "http://192.0.2.2/b");
    std::optional<Turn> turn = co_await schedule.next();
    turn->answer().fetches.emplace_back();
    turn->answer().redirected_to = url("http://192.0.2.2/c");
    schedule.put_back(*std::move(turn), EventLoop::current().now());
    schedule.fetch_robots("http://192.0.2.2");
    const std::list<Answer> begun = schedule.take_begun();
    EXPECT_THAT(begun, SizeIs(1)) << "neither what is new nor a robots.txt that was not asked for";
    EXPECT_EQ(begun.front().url.path(), "/a");
  });
}

// A visit that is cancelled before its first step never runs.
TEST_F(ScheduleRobotsTest, TakesBackAForbiddenUrlWhoseTurnNobodyUsed) {
  with_schedule([&](Schedule& schedule) -> Task<> {
    schedule.set_robots(robots(kOrigin, kForbidden));
    put_found(schedule, "http://192.0.2.1/a");
    {
      std::optional<Turn> turn = co_await schedule.next();
      turn->answer().fetches.emplace_back();
      turn->answer().redirected_to = url("http://192.0.2.1/forbidden");
      schedule.put_back(*std::move(turn), EventLoop::current().now());
    }
    { std::optional<Turn> unused = co_await schedule.next(); }
    EXPECT_THAT(schedule.take_begun(), SizeIs(1));
  });
}

}  // namespace
}  // namespace crawler
