#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Sequential = CrawlTest;
using testing::ContainsRegex;

TEST_F(Sequential, HasOneRequestOpenAtATime) {
  list(numbered("/page/", 100));
  EXPECT_THAT(crawl({"--sequential", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(server_.traffic().counts().max_open_requests, 1u);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "100");
}

TEST_F(Sequential, WaitsForOnePageAfterTheOther) {
  list(numbered("/delay/100/", 10));
  const Result result = crawl({"--sequential", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_GE(result.wall, 1s);
}

TEST_F(Sequential, TellsTheFactorToAnEarlierConcurrentRun) {
  list(numbered("/delay/50/", 10));
  crawl({"-c", "10", "urls.txt"});
  const Result sequential = crawl({"--sequential", "urls.txt"});
  EXPECT_THAT(sequential.err, ContainsRegex("[0-9](×|x| times)")) << sequential.err;
}

TEST_F(Sequential, IsTheFactorOfALaterConcurrentRun) {
  list(numbered("/delay/50/", 10));
  crawl({"--sequential", "urls.txt"});
  const Result concurrent = crawl({"-c", "10", "urls.txt"});
  EXPECT_THAT(concurrent.err, ContainsRegex("[0-9](×|x| times)")) << concurrent.err;
}

TEST_F(Sequential, TellsNoFactorToARunOfAnotherList) {
  list(numbered("/delay/50/", 10));
  crawl({"-c", "10", "urls.txt"});
  list(numbered("/page/", 3));
  const Result sequential = crawl({"--sequential", "urls.txt"});
  EXPECT_THAT(sequential.err, testing::Not(ContainsRegex("[0-9](×|x| times)"))) << sequential.err;
}

TEST_F(Sequential, IsSaidInTheRun) {
  list({"/page/1"});
  crawl({"--sequential", "urls.txt"});
  crawl({"urls.txt"});
  EXPECT_NE(value("SELECT mode FROM run WHERE id = 1"), value("SELECT mode FROM run WHERE id = 2"));
}

// One connection in all was kept, and so each URL of a list that goes from host to host paid for a new one.
TEST_F(Sequential, KeepsAConnectionToEachHost) {
  const test_support::TestServer other("127.0.0.2");
  std::string lines;
  for (const std::string& path : numbered("/page/", 10))
    lines += server_.url(path) + "\n" + other.url(path) + "\n";
  write("urls.txt", lines);
  EXPECT_THAT(crawl({"--sequential", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(server_.traffic().counts().connections, 1U);
  EXPECT_EQ(other.traffic().counts().connections, 1U);
}

}  // namespace
}  // namespace e2e
