#include "crawler/fetcher.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/run.h"
#include "crawler/async/spawn.h"
#include "crawler/schedule.h"
#include "tests/crawler/until.h"
#include "tests/support/test_server.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::Task;
using testing::ElementsAre;

/// Hops as "302", or with the error: "200 truncated", "- timeout".
std::vector<std::string> hops(const Answer& answer) {
  std::vector<std::string> hops;
  for (const storage::FetchRow& fetch : answer.fetches) {
    hops.push_back((fetch.status ? std::to_string(*fetch.status) : "-") +
                   (fetch.error ? " " + *fetch.error : ""));
  }
  return hops;
}

std::string error_of(const Answer& answer) {
  return answer.response ? "none" : std::string(name(answer.response.error()));
}

class FetcherTest : public testing::Test {
 protected:
  FetcherTest() { setenv("no_proxy", "*", 1); }

  template <class Body>
  auto with_fetcher(Body body) {
    const http::ClientOptions options;
    return async::run(async::async_with(http::HttpClient(options), [&](http::HttpClient& client) -> Task<> {
      Schedule schedule(client, {});
      Fetcher fetcher(config_, client);
      co_await body(schedule, fetcher);
    }));
  }
  Answer fetch(const std::string& path, Purpose purpose = Purpose::page) {
    std::optional<Answer> answer;
    with_fetcher([&](Schedule& schedule, Fetcher& fetcher) -> Task<> {
      schedule.put(*parse::Url::parse(server_.url(path)), std::nullopt, purpose);
      while (!answer) {
        std::optional<Turn> turn = co_await schedule.next();
        const std::optional<async::TimePoint> again = co_await fetcher.fetch(*turn);
        if (again)
          schedule.put_back(*std::move(turn), *again);
        else
          answer = std::move(turn->answer());
      }
    });
    return *std::move(answer);
  }
  bool server_sees(std::size_t requests, std::size_t open_requests) const {
    const test_support::Counts now = server_.traffic().counts();
    return now.requests == requests && now.open_requests == open_requests;
  }

  test_support::TestServer server_;
  Config config_;
};

TEST_F(FetcherTest, GivesTheResponse) {
  const Answer answer = fetch("/page/7");
  ASSERT_TRUE(answer.response);
  EXPECT_EQ(answer.response->status, 200);
  EXPECT_THAT(answer.response->body, testing::HasSubstr("Page 7"));
  EXPECT_THAT(hops(answer), ElementsAre("200"));
  EXPECT_EQ(answer.fetches.front().url, server_.url("/page/7"));
  EXPECT_EQ(answer.fetches.front().ip, "127.0.0.1");
  EXPECT_GE(answer.fetches.front().queued_ms, 0);
}

TEST_F(FetcherTest, TakesARefusalForAResponse) {
  config_.retries = 0;
  const Answer answer = fetch("/status/503");
  EXPECT_EQ(answer.response->status, 503);
  EXPECT_THAT(hops(answer), ElementsAre("503"));
}

TEST_F(FetcherTest, SaysWhyThereIsNoResponse) {
  config_.retries = 0;
  const Answer answer = fetch("/truncated");
  EXPECT_EQ(error_of(answer), "truncated");
  EXPECT_THAT(hops(answer), ElementsAre("200 truncated"));
}

TEST_F(FetcherTest, EndsAPageOfATypeThatIsNotAccepted) {
  config_.accept = {"image/*"};
  const Answer answer = fetch("/page/7");
  EXPECT_EQ(error_of(answer), "type");
  EXPECT_THAT(hops(answer), ElementsAre("200 type"));
  EXPECT_THAT(hops(fetch("/redirect/1")), ElementsAre("302", "200 type"));
  EXPECT_THAT(hops(fetch("/status/404")), ElementsAre("404"));
}

TEST_F(FetcherTest, TakesARobotsTxtOfAnyType) {
  config_.accept = {"image/*"};
  with_fetcher([&](Schedule& schedule, Fetcher& fetcher) -> Task<> {
    schedule.put(*parse::Url::parse(server_.url("/page/7")));
    std::optional<Turn> turn = co_await schedule.next();
    turn->answer().purpose = Purpose::robots;
    co_await fetcher.fetch(*turn);
    EXPECT_THAT(hops(turn->answer()), ElementsAre("200"));
  });
}

TEST_F(FetcherTest, DoesNotSendTheFragment) {
  fetch("/page/1#part");
  EXPECT_EQ(server_.traffic().of("/page/1").requests(), 1U);
}

TEST_F(FetcherTest, FollowsAChain) {
  const Answer answer = fetch("/redirect/2");
  EXPECT_EQ(answer.response->status, 200);
  EXPECT_EQ(answer.url.href(), server_.url("/redirect/2"));
  EXPECT_EQ(answer.final_url().href(), server_.url("/page/0"));
  EXPECT_THAT(answer.hops, ElementsAre(server_.url("/redirect/2"), server_.url("/redirect/1")));
  EXPECT_THAT(hops(answer), ElementsAre("302", "302", "200"));
}

TEST_F(FetcherTest, GoesAsFarAsAllowed) {
  config_.max_redirects = 3;
  EXPECT_EQ(error_of(fetch("/redirect/3")), "none");
  const Answer answer = fetch("/redirect/4");
  EXPECT_EQ(error_of(answer), "redirect_limit");
  EXPECT_THAT(hops(answer), ElementsAre("302", "302", "302", "302"));
}

TEST_F(FetcherTest, MayFollowNothing) {
  config_.max_redirects = 0;
  EXPECT_EQ(error_of(fetch("/redirect/1")), "redirect_limit");
  EXPECT_EQ(server_.traffic().of("/page/0").requests(), 0U);
}

TEST_F(FetcherTest, EndsALoopAtOnce) {
  EXPECT_EQ(error_of(fetch("/redirect-loop")), "redirect_limit");
  EXPECT_EQ(server_.traffic().counts().requests, 2U);
  EXPECT_EQ(error_of(fetch("/redirect-to?/redirect-to?%2f")), "none") << "which only looks like one";
}

TEST_F(FetcherTest, EndsAtARedirectThatLeadsNowhere) {
  const Answer answer = fetch("/redirect-to?ftp://a/");
  EXPECT_EQ(error_of(answer), "bad_redirect");
  EXPECT_THAT(hops(answer), ElementsAre("302"));
}

TEST_F(FetcherTest, GivesUpInTime) {
  config_.timeout = 100ms;
  config_.retries = 0;
  const Answer answer = fetch("/never");
  EXPECT_EQ(error_of(answer), "timeout");
  EXPECT_THAT(hops(answer), ElementsAre("- timeout"));
}

TEST_F(FetcherTest, HasOneTimeLimitForAllHops) {
  config_.timeout = 500ms;
  config_.retries = 0;
  for (int hop = 0; hop < 9; ++hop) {
    server_.answer("/hop/" + std::to_string(hop),
                   {.status = 302, .headers = {"Location: " + std::to_string(hop + 1)}, .delay = 100ms});
  }
  const Answer answer = fetch("/hop/0");
  EXPECT_EQ(error_of(answer), "timeout");
  EXPECT_THAT(hops(answer).back(), testing::EndsWith(" timeout"));
  EXPECT_LT(answer.fetches.size(), 9U);
}

TEST_F(FetcherTest, TriesAgainWhatMayPass) {
  const Answer answer = fetch("/reset");
  EXPECT_EQ(error_of(answer), "protocol");
  EXPECT_THAT(hops(answer), ElementsAre("- protocol", "- protocol", "- protocol"));
  EXPECT_EQ(answer.fetches[2].attempt, 3);
  EXPECT_THAT(hops(fetch("/status/404")), ElementsAre("404"));
  EXPECT_THAT(hops(fetch("/header-flood")), ElementsAre(testing::EndsWith("header_limit")));
}

TEST_F(FetcherTest, BeginsAChainAnewWithEachAttempt) {
  const Answer answer = fetch("/redirect-to?/status/502");
  EXPECT_EQ(answer.response->status, 502);
  EXPECT_THAT(hops(answer), ElementsAre("302", "502", "302", "502", "302", "502"));
  EXPECT_THAT(answer.hops, ElementsAre(server_.url("/redirect-to?/status/502")));
}

TEST_F(FetcherTest, WaitsAsLongAsItIsTold) {
  server_.answer("/busy", {.status = 503, .headers = {"Retry-After: 1"}});
  const Answer answer = fetch("/busy");
  EXPECT_THAT(hops(answer), ElementsAre("503", "503", "503"));
  EXPECT_GE(answer.fetches[2].started_ms - answer.fetches[0].started_ms, 2000);
}

TEST_F(FetcherTest, TakesALongWaitForFinal) {
  server_.answer("/busy", {.status = 503, .headers = {"Retry-After: 121"}});
  EXPECT_THAT(hops(fetch("/busy")), ElementsAre("503"));
}

// RFC 9309, 2.3.1.2: "Crawlers SHOULD follow at least five consecutive redirects".
TEST_F(FetcherTest, FollowsFiveRedirectsOfARobotsTxt) {
  config_.max_redirects = 0;
  EXPECT_EQ(error_of(fetch("/redirect/5", Purpose::robots)), "none");
  config_.max_redirects = 10;
  const Answer answer = fetch("/redirect/6", Purpose::robots);
  EXPECT_EQ(error_of(answer), "redirect_limit");
  EXPECT_EQ(answer.fetches.size(), 6U);
}

TEST_F(FetcherTest, TriesARobotsTxtThreeTimes) {
  config_.retries = 0;
  EXPECT_THAT(hops(fetch("/status/502", Purpose::robots)), ElementsAre("502", "502", "502"));
  EXPECT_THAT(hops(fetch("/status/502", Purpose::sitemap)), ElementsAre("502"));
  config_.retries = 5;
  EXPECT_THAT(hops(fetch("/reset", Purpose::robots)), testing::SizeIs(3));
}

TEST_F(FetcherTest, SaysWhatARequestWasFor) {
  EXPECT_EQ(fetch("/page/1").fetches.front().kind, "page");
  EXPECT_EQ(fetch("/page/1", Purpose::robots).fetches.front().kind, "robots");
  EXPECT_EQ(fetch("/page/1", Purpose::sitemap).fetches.front().kind, "sitemap");
}

TEST_F(FetcherTest, TellsOfWhatWasBegunWhenCancelled) {
  with_fetcher([&](Schedule& schedule, Fetcher& fetcher) -> Task<> {
    schedule.put(*parse::Url::parse(server_.url("/never")));
    std::optional<Turn> turn = co_await schedule.next();
    const auto task = async::spawn(fetcher.fetch(*turn));
    co_await until([&] { return server_sees(1, 1); });
    task.cancel();
    co_await ended(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_EQ(error_of(turn->answer()), "cancelled");
    EXPECT_THAT(hops(turn->answer()), ElementsAre("- cancelled"));
    EXPECT_NE(turn->answer().fetches.back().total_ms, std::nullopt);
  });
}

}  // namespace
}  // namespace crawler
