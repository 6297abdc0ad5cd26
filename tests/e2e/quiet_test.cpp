#include <csignal>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Quiet = CrawlTest;
using testing::MatchesRegex;

std::string all_of(const Result& result) { return result.out + result.err; }

TEST_F(Quiet, SaysNothingWhenAllIsWell) {
  list(numbered("/page/", 20));
  const Result result = crawl({"-q", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_EQ(all_of(result), "");
}

TEST_F(Quiet, SaysNothingOfFailuresThatAreAllowed) {
  list({"/page/1", "/status/404", "/reset"});
  const Result result = crawl({"-q", "--max-failed", "2", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_EQ(all_of(result), "");
}

TEST_F(Quiet, SaysOneLineWhenUrlsFailed) {
  list({"/page/1", "/status/404", "/reset", "/truncated"});
  const Result result = crawl({"-q", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(1));
  EXPECT_THAT(all_of(result), MatchesRegex("[^\n]+\n"));
}

TEST_F(Quiet, SaysOneLineWhenALimitStopsIt) {
  list(numbered("/page/", 20));
  const Result result = crawl({"-q", "--max-pages", "5", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(5));
  EXPECT_THAT(all_of(result), MatchesRegex("[^\n]+\n"));
}

TEST_F(Quiet, SaysOneLineWhenASignalStopsIt) {
  list({"/never"});
  test_support::Process crawl = start({"-q", "urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 1; }));
  crawl.signal(SIGTERM);
  const Result result = finish(crawl);
  EXPECT_THAT(result, ExitsWith(143));
  EXPECT_THAT(all_of(result), MatchesRegex("[^\n]+\n"));
}

TEST_F(Quiet, SaysOneLineWhenItCannotStart) {
  const Result result = crawl({"-q", "no-such-list.txt"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(all_of(result), MatchesRegex("[^\n]+\n"));
}

TEST_F(Quiet, IsNotTheDefault) {
  list({"/page/1"});
  const Result result = crawl({"urls.txt"});
  EXPECT_NE(result.err, "");
  EXPECT_EQ(result.out, "");
}

TEST_F(Quiet, ShowsNoProgressWhereNoTerminalIs) {
  list(numbered("/page/", 20));
  EXPECT_THAT(crawl({"urls.txt"}).err, testing::Not(testing::HasSubstr("\r")));
  EXPECT_THAT(crawl({"--progress", "always", "urls.txt"}).err, testing::HasSubstr("\r"));
}

}  // namespace
}  // namespace e2e
