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
#include "tests/crawler/until.h"
#include "tests/support/test_server.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::Task;
using async::TaskHandle;
using testing::ElementsAre;
using testing::IsEmpty;

/// Hops as "302", or with the error: "200 truncated", "- timeout".
std::vector<std::string> hops(const Answer& answer) {
  std::vector<std::string> hops;
  for (const storage::FetchRow& fetch : answer.fetches) {
    EXPECT_EQ(fetch.hop, hops.size());
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
      Fetcher fetcher(config_, client);
      co_await body(fetcher);
    }));
  }
  Answer answer_to(const std::string& path) { return Answer(*parse::Url::parse(server_.url(path))); }
  Answer fetch(const std::string& path) {
    Answer answer = answer_to(path);
    with_fetcher([&](Fetcher& fetcher) { return fetcher.fetch(answer); });
    return answer;
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
  const Answer answer = fetch("/status/503");
  EXPECT_EQ(answer.response->status, 503);
  EXPECT_THAT(hops(answer), ElementsAre("503"));
}

TEST_F(FetcherTest, SaysWhyThereIsNoResponse) {
  const Answer answer = fetch("/truncated");
  EXPECT_EQ(error_of(answer), "truncated");
  EXPECT_THAT(hops(answer), ElementsAre("200 truncated"));
}

TEST_F(FetcherTest, DoesNotSendTheFragment) {
  fetch("/page/1#part");
  EXPECT_EQ(server_.traffic().of("/page/1").requests(), 1U);
}

TEST_F(FetcherTest, FollowsAChain) {
  const Answer answer = fetch("/redirect/2");
  EXPECT_EQ(answer.response->status, 200);
  EXPECT_EQ(answer.url.href(), server_.url("/redirect/2"));
  EXPECT_EQ(answer.final_url.href(), server_.url("/page/0"));
  EXPECT_THAT(answer.hops, ElementsAre(server_.url("/redirect/2"), server_.url("/redirect/1")));
  EXPECT_THAT(hops(answer), ElementsAre("302", "302", "200"));
}

TEST_F(FetcherTest, WaitsInTheQueueOncePerChain) {
  const Answer answer = fetch("/redirect/1");
  EXPECT_NE(answer.fetches[0].queued_ms, std::nullopt);
  EXPECT_EQ(answer.fetches[1].queued_ms, std::nullopt);
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
  const Answer answer = fetch("/never");
  EXPECT_EQ(error_of(answer), "timeout");
  EXPECT_THAT(hops(answer), ElementsAre("- timeout"));
}

TEST_F(FetcherTest, HasOneTimeLimitForAllHops) {
  config_.timeout = 500ms;
  for (int hop = 0; hop < 9; ++hop) {
    server_.answer("/hop/" + std::to_string(hop),
                   {.status = 302, .headers = {"Location: " + std::to_string(hop + 1)}, .delay = 100ms});
  }
  const Answer answer = fetch("/hop/0");
  EXPECT_EQ(error_of(answer), "timeout");
  EXPECT_THAT(hops(answer).back(), testing::EndsWith(" timeout"));
  EXPECT_LT(answer.fetches.size(), 9U);
}

TEST_F(FetcherTest, CountsNoTimeInTheQueueAgainstTheLimit) {
  config_.is_sequential = true;
  config_.timeout = 400ms;
  std::vector<Answer> answers;
  for (int i = 0; i < 4; ++i) answers.push_back(answer_to("/delay/150/page/" + std::to_string(i)));
  with_fetcher([&](Fetcher& fetcher) -> Task<> {
    std::vector<TaskHandle<>> tasks;
    for (Answer& answer : answers) tasks.push_back(async::spawn(fetcher.fetch(answer)));
    for (const TaskHandle<>& task : tasks) co_await task;
  });
  for (const Answer& answer : answers) EXPECT_EQ(error_of(answer), "none");
  EXPECT_GT(answers.back().fetches.front().queued_ms, 400);
  EXPECT_EQ(server_.traffic().counts().max_open_requests, 1U);
}

TEST_F(FetcherTest, HasAsManyTransfersOpenAsAllowed) {
  config_.concurrency = 5;
  std::vector<Answer> answers(20, answer_to("/never"));
  with_fetcher([&](Fetcher& fetcher) -> Task<> {
    std::vector<TaskHandle<>> tasks;
    for (Answer& answer : answers) tasks.push_back(async::spawn(fetcher.fetch(answer)));
    co_await until([&] { return server_sees(5, 5); });
    for (const TaskHandle<>& task : tasks) task.cancel();
    for (const TaskHandle<>& task : tasks) co_await ended(task);
  });
  EXPECT_EQ(server_.traffic().counts().requests, 5U);
}

TEST_F(FetcherTest, GivesThePermitBackHoweverAFetchEnds) {
  config_.concurrency = 1;
  config_.timeout = 100ms;
  with_fetcher([&](Fetcher& fetcher) -> Task<> {
    for (const char* path : {"/never", "/reset", "/redirect-loop", "/status/500", "/page/1"}) {
      Answer answer = answer_to(path);
      co_await fetcher.fetch(answer);
    }
  });
  EXPECT_EQ(server_.traffic().of("/page/1").requests(), 1U);
}

TEST_F(FetcherTest, TellsOfWhatWasBegunWhenCancelled) {
  Answer answer = answer_to("/redirect-to?/never");
  with_fetcher([&](Fetcher& fetcher) -> Task<> {
    const TaskHandle<> task = async::spawn(fetcher.fetch(answer));
    co_await until([&] { return server_sees(2, 1); });
    task.cancel();
    co_await ended(task);
    EXPECT_TRUE(task.was_cancelled());
  });
  EXPECT_EQ(error_of(answer), "cancelled");
  EXPECT_THAT(hops(answer), ElementsAre("302", "- cancelled"));
  EXPECT_NE(answer.fetches.back().total_ms, std::nullopt);
}

TEST_F(FetcherTest, TellsOfNothingWhenCancelledInTheQueue) {
  config_.concurrency = 1;
  Answer first = answer_to("/never");
  Answer second = answer_to("/never");
  with_fetcher([&](Fetcher& fetcher) -> Task<> {
    const TaskHandle<> one = async::spawn(fetcher.fetch(first));
    const TaskHandle<> two = async::spawn(fetcher.fetch(second));
    co_await until([&] { return server_sees(1, 1); });
    two.cancel();
    co_await ended(two);
    one.cancel();
    co_await ended(one);
  });
  EXPECT_THAT(hops(second), IsEmpty());
  EXPECT_THAT(hops(first), ElementsAre("- cancelled"));
}

}  // namespace
}  // namespace crawler
