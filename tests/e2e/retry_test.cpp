#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Retry = CrawlTest;

TEST_F(Retry, TriesTwiceMoreByDefault) {
  list({"/reset", "/truncated", "/status/500", "/status/404", "/page/1"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("attempts", "/reset"), "3");
  EXPECT_EQ(requests_for("/truncated"), 3U);
  EXPECT_EQ(requests_for("/status/500"), 3U);
  EXPECT_EQ(requests_for("/status/404"), 1U);
  EXPECT_EQ(requests_for("/page/1"), 1U);
  EXPECT_EQ(page("attempts", "/status/500"), "3");
  EXPECT_EQ(value("SELECT count(*) FROM page"), "5");
}

TEST_F(Retry, TakesTheAnswerThatComesInTheEnd) {
  server_.answer("/moody", {.status = 500});
  list({"/moody"});
  test_support::Process process = start({"--retries", "1000", "urls.txt"});
  EXPECT_TRUE(server_sees([](const Counts& now) { return now.requests >= 2; }));
  server_.answer("/moody", {.body = "<title>Well</title>"});
  EXPECT_THAT(finish(process), ExitsWith(0));
  EXPECT_EQ(page("title", "/moody"), "Well");
  EXPECT_EQ(page("error", "/moody"), "NULL");
}

TEST_F(Retry, HoldsNoPermitMeanwhile) {
  server_.answer("/busy", {.status = 500, .headers = {}});
  std::vector<std::string> paths = numbered("/page/", 200);
  paths.insert(paths.begin(), "/busy");
  list(paths);
  crawl({"-c", "1", "--retries", "1", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) > 0 FROM fetch WHERE status = 200 AND started_ms BETWEEN "
                  "(SELECT min(started_ms) FROM fetch WHERE status = 500) AND "
                  "(SELECT max(started_ms) FROM fetch WHERE status = 500)"),
            "1");
}

TEST_F(Retry, KeepsToOneUrlAtATimeInSequence) {
  list({"/status/500", "/page/1", "/page/2"});
  crawl({"--sequential", "urls.txt"});
  EXPECT_EQ(value("SELECT group_concat(status) FROM (SELECT status FROM fetch ORDER BY started_ms)"),
            "500,500,500,200,200");
}

TEST_F(Retry, LeavesACancelledRowForWhatWaitedForAnotherTry) {
  server_.answer("/busy", {.status = 503, .headers = {"Retry-After: 100"}});
  list({"/busy"});
  test_support::Process process = start({"urls.txt"});
  EXPECT_TRUE(server_sees([](const Counts& now) { return now.requests == 1 && now.open_requests == 0; }));
  process.signal(SIGTERM);
  EXPECT_THAT(finish(process), ExitsWith(143));
  EXPECT_EQ(page("error", "/busy"), "cancelled");
}

}  // namespace
}  // namespace e2e
