#include <iostream>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using FailFast = CrawlTest;

TEST_F(FailFast, CancelsTheSiblingsOfTheFirstFailure) {
  std::vector<std::string> paths = numbered("/never/", 10);
  paths.push_back("/delay/300/status/404");
  list(paths);
  test_support::Process crawl = start({"--fail-fast", "urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 11; }));
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_connections == 0; }));
  const auto closed_after = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - server_.traffic().of("/delay/300/status/404").last_ended_at);
  std::cout << "connections closed " << closed_after.count() << " ms after the failing answer\n";
  EXPECT_LT(closed_after, 1s);
  EXPECT_THAT(finish(crawl), ExitsWith(6));
}

TEST_F(FailFast, LeavesARowForEachUrlThatWasStarted) {
  std::vector<std::string> paths = numbered("/never/", 9);
  paths.push_back("/delay/300/status/404");
  for (const std::string& path : numbered("/page/", 90)) paths.push_back(path);
  list(paths);
  EXPECT_THAT(crawl({"-c", "10", "--fail-fast", "urls.txt"}), ExitsWith(6));
  EXPECT_EQ(page("status", "/delay/300/status/404"), "404");
  expect_cancelled_and_left(numbered("/never/", 9), 100);
}

// A line that is no URL counted as failed, and yet did not stop the run.
TEST_F(FailFast, TakesALineThatIsNoUrlForAFailure) {
  write("urls.txt", server_.url("/never") + "\nno url\n" + server_.url("/page/1") + "\n");
  EXPECT_THAT(crawl({"--fail-fast", "urls.txt"}), ExitsWith(6));
  EXPECT_EQ(value("SELECT outcome LIKE 'rejected%' FROM seed WHERE line = 2"), "1");
}

TEST_F(FailFast, DoesNothingWhenAllIsWell) {
  list(numbered("/page/", 20));
  EXPECT_THAT(crawl({"--fail-fast", "urls.txt"}), ExitsWith(0));
}

// The limit that was reached in the same breath told of a run that was only limited.
TEST_F(FailFast, WinsOverALimitThatIsReachedAsItStops) {
  write("urls.txt", server_.url("/page/1") + "\nno url\n" + server_.url("/page/2") + "\n");
  EXPECT_THAT(crawl({"--fail-fast", "--max-pages", "1", "urls.txt"}), ExitsWith(6));
}

}  // namespace
}  // namespace e2e
