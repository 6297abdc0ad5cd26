#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Limit = CrawlTest;

TEST_F(Limit, OfTimeStopsTheRun) {
  list(numbered("/never/", 50));
  const Result result = crawl({"-c", "5", "--time-limit", "500ms", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(5));
  EXPECT_LT(result.wall, 3s);
  EXPECT_EQ(server_.traffic().counts().requests, 5u);
  expect_cancelled_and_left(numbered("/never/", 50), 50);
}

TEST_F(Limit, OfTimeKeepsThePagesThatCame) {
  std::vector<std::string> paths = numbered("/page/", 20);
  paths.push_back("/never");
  list(paths);
  EXPECT_THAT(crawl({"--time-limit", "1s", "urls.txt"}), ExitsWith(5));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "20");
}

TEST_F(Limit, OfTimeIsNoMatterToARunThatEndsBefore) {
  list(numbered("/page/", 20));
  const Result result = crawl({"--time-limit", "40s", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_LT(result.wall, 20s);
}

TEST_F(Limit, OfPagesStopsTheRun) {
  list(numbered("/page/", 30));
  EXPECT_THAT(crawl({"-c", "4", "--max-pages", "10", "urls.txt"}), ExitsWith(5));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "10");
  EXPECT_EQ(value("SELECT (SELECT count(*) FROM page) + left FROM run"), "30");
}

TEST_F(Limit, OfPagesIsNoMatterWhenNoWorkIsLeft) {
  list(numbered("/page/", 10));
  EXPECT_THAT(crawl({"--max-pages", "10", "urls.txt"}), ExitsWith(0));
}

TEST_F(Limit, OfFailuresIsNoneUnlessGiven) {
  list({"/page/1", "/status/404"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
}

TEST_F(Limit, OfFailuresIsANumber) {
  list({"/page/1", "/status/404", "/status/410"});
  EXPECT_THAT(crawl({"--max-failed", "2", "urls.txt"}), ExitsWith(0));
  EXPECT_THAT(crawl({"--max-failed", "1", "urls.txt"}), ExitsWith(1));
}

TEST_F(Limit, OfFailuresIsAShareOfTheList) {
  std::vector<std::string> paths = numbered("/page/", 8);
  paths.insert(paths.end(), {"/status/404", "/status/410"});
  list(paths);
  EXPECT_THAT(crawl({"--max-failed", "20%", "urls.txt"}), ExitsWith(0));
  EXPECT_THAT(crawl({"--max-failed", "19%", "urls.txt"}), ExitsWith(1));
}

TEST_F(Limit, OfMemoryBelowOneBodyStillLetsEachPageThrough) {
  std::vector<std::string> paths;
  for (const std::string& path : numbered("/large/200000?", 30)) paths.push_back(path);
  list(paths);
  EXPECT_THAT(crawl({"-c", "10", "--max-memory", "100K", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "30");
}

}  // namespace
}  // namespace e2e
