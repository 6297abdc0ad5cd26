// --follow over a web that is known in full: what was asked for, how often, and how soon.
#include <cstdlib>
#include <optional>
#include <string>

#include "tests/e2e/follow_test.h"

namespace e2e {
namespace {

using test_support::Snare;
using testing::AllOf;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;

class FollowWeb : public FollowTest {
 protected:
  void crawl_to_the_end(const SyntheticWeb& web, std::chrono::milliseconds limit = kLongestRun) {
    test_support::Process process = start(follow(web, {}));
    process.close_stdin();
    EXPECT_EQ(process.wait(limit), 0) << process.err();
  }
  /// All of it, and nothing twice; nothing that is forbidden.
  void expect_whole(const SyntheticWeb& web) const {
    EXPECT_EQ(rows_of(web), expected_rows(web));
    EXPECT_THAT(web.missing(), IsEmpty());
    EXPECT_THAT(web.asked_too_often(), IsEmpty());
    EXPECT_THAT(web.forbidden(), IsEmpty());
    EXPECT_EQ(web.dns().questions("outside.test"), 0);
  }
  static void expect_delays(const SyntheticWeb& web) {
    EXPECT_THAT(web.plan().hosts_with_delay(), Not(IsEmpty()));
    for (const std::string& host : web.plan().hosts_with_delay())
      EXPECT_GE(web.smallest_gap(host), web.plan().crawl_delay()) << host;
  }
  static std::size_t requests_of(const SyntheticWeb& web, Snare snare) {
    return web.requests_of_host(web.plan().host_of(snare));
  }
};

TEST_F(FollowWeb, IsFetchedOnceAndInFull) {
  const SyntheticWeb web({.hosts = 20, .pages = 2'000});
  crawl_to_the_end(web);
  expect_whole(web);
  expect_delays(web);
}

TEST_F(FollowWeb, LetsTheCrawlerOutOfItsSnares) {
  const SyntheticWeb web({.hosts = 1, .pages = 10});
  crawl_to_the_end(web);
  expect_whole(web);
  // Beside the page at "/" and robots.txt: as many as the budgets let pass.
  EXPECT_THAT(requests_of(web, Snare::calendar), AllOf(Ge(host_pages(web)), Le(host_pages(web) + 1)));
  EXPECT_THAT(requests_of(web, Snare::sessions), AllOf(Ge(host_pages(web)), Le(host_pages(web) + 1)));
  EXPECT_EQ(requests_of(web, Snare::spiral), 2U + 4U);
  EXPECT_EQ(requests_of(web, Snare::orders), 2U + 4U);
}

TEST_F(FollowWeb, AtLengthIsFetchedOnceAndInFull) {
  if (std::getenv("CRAWL_LONG_TESTS") == nullptr) GTEST_SKIP() << "set CRAWL_LONG_TESTS for 100,000 pages";
  const SyntheticWeb web({.hosts = 300, .pages = 100'000});
  crawl_to_the_end(web, 110s);
  expect_whole(web);
  expect_delays(web);
}

}  // namespace
}  // namespace e2e
