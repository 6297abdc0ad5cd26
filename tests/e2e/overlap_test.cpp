#include <csignal>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using test_support::Process;

/// As from a crontab whose run is not over when the next is due.
class Overlap : public CrawlTest {
 protected:
  void SetUp() override {
    list({"/never"});
    running_.emplace(start({"urls.txt"}));
    ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 1; }));
  }
  std::optional<Process> running_;
};

TEST_F(Overlap, IsRefusedBeforeAnyWork) {
  const Result second = crawl({server_.url("/page/1")});
  EXPECT_THAT(second, ExitsWith(4));
  EXPECT_THAT(second.err, testing::HasSubstr("crawl.db"));
  EXPECT_EQ(requests_for("/page/1"), 0u);
}

TEST_F(Overlap, DoesNotHarmTheFirst) {
  crawl({server_.url("/page/1")});
  EXPECT_EQ(running_->wait(0ms), std::nullopt);
  running_->signal(SIGINT);
  EXPECT_THAT(finish(*running_), ExitsWith(130));
  EXPECT_EQ(value("SELECT count(*) FROM run"), "1");
}

TEST_F(Overlap, IsNoneWithAnotherDatabase) {
  EXPECT_THAT(crawl({"-o", "other.db", server_.url("/page/1")}), ExitsWith(0));
}

TEST_F(Overlap, IsOverWhenTheFirstEnds) {
  running_->signal(SIGINT);
  finish(*running_);
  EXPECT_THAT(crawl({server_.url("/page/1")}), ExitsWith(0));
}

TEST_F(Overlap, IsOverWhenTheFirstIsKilled) {
  running_->signal(SIGKILL);
  finish(*running_);
  EXPECT_THAT(crawl({server_.url("/page/1")}), ExitsWith(0));
}

TEST_F(Overlap, SaysOneLineWhenQuiet) {
  const Result second = crawl({"-q", server_.url("/page/1")});
  EXPECT_THAT(second, ExitsWith(4));
  EXPECT_THAT(second.out + second.err, testing::MatchesRegex("[^\n]+\n"));
}

}  // namespace
}  // namespace e2e
