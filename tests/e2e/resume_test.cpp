#include <csignal>
#include <set>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using test_support::Process;

class Resume : public CrawlTest {
 protected:
  void interrupt_after(std::size_t requests, Process& crawl, int number) {
    ASSERT_TRUE(server_sees([&](const Counts& now) { return now.requests >= requests; }));
    crawl.signal(number);
    EXPECT_THAT(finish(crawl), ExitsWith(128 + number));
  }
  /// The paths of the pages that are done.
  std::set<std::string> done() const {
    std::set<std::string> paths;
    const std::size_t origin = server_.url("").size();
    for (const auto& row : rows("SELECT url FROM page WHERE error IS NULL AND status = 200")) {
      paths.insert(row.at(0).substr(origin));
    }
    return paths;
  }
  void expect_fetched_once(const std::set<std::string>& paths) const {
    for (const std::string& path : paths) EXPECT_EQ(requests_for(path), 1u) << path;
  }
};

TEST_F(Resume, AfterAKillFetchesTheRestAndNothingTwiceThatWasCommitted) {
  constexpr int kListed = 5'000;
  list(numbered("/delay/20/", kListed));
  Process crawl_to_kill = start({"-c", "50", "urls.txt"});
  interrupt_after(2'000, crawl_to_kill, SIGKILL);
  EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
  const std::set<std::string> committed = done();
  EXPECT_GE(committed.size(), 500u);
  EXPECT_LT(committed.size(), 5'000u);

  EXPECT_THAT(crawl({"-c", "50", "--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(done().size(), 5'000u);
  expect_fetched_once(committed);
  EXPECT_EQ(value("SELECT group_concat(job_id || state, ' ') FROM run"), "1killed 1finished");
}

TEST_F(Resume, AfterASignalFetchesTheRest) {
  list(numbered("/delay/20/", 300));
  Process crawl_to_stop = start({"-c", "10", "urls.txt"});
  interrupt_after(100, crawl_to_stop, SIGINT);
  const std::set<std::string> committed = done();
  EXPECT_GE(committed.size(), 50u);
  EXPECT_LT(committed.size(), 300u);

  EXPECT_THAT(crawl({"-c", "10", "--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(done().size(), 300u);
  expect_fetched_once(committed);
}

TEST_F(Resume, FetchesAgainWhatWasCancelled) {
  list(numbered("/delay/1000/", 10));
  Process crawl_to_stop = start({"urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 10; }));
  crawl_to_stop.signal(SIGTERM);
  finish(crawl_to_stop);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'cancelled'"), "10");
  EXPECT_THAT(crawl({"--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(done().size(), 10u);
}

TEST_F(Resume, DoesNotTryAgainWhatHadFailed) {
  list({"/status/404", "/never"});
  EXPECT_THAT(crawl({"-c", "1", "--time-limit", "500ms", "urls.txt"}), ExitsWith(5));
  server_.answer("/never", {.body = "now"});
  crawl({"--resume", "urls.txt"});
  EXPECT_EQ(requests_for("/status/404"), 1u);
  EXPECT_EQ(page("status", "/never"), "200");
}

TEST_F(Resume, ContinuesAfterALimit) {
  list(numbered("/page/", 30));
  EXPECT_THAT(crawl({"--max-pages", "10", "urls.txt"}), ExitsWith(5));
  EXPECT_THAT(crawl({"--max-pages", "10", "--resume", "urls.txt"}), ExitsWith(5));
  EXPECT_THAT(crawl({"--max-pages", "10", "--resume", "urls.txt"}), ExitsWith(0));
  expect_fetched_once(done());
  EXPECT_EQ(done().size(), 30u);
}

TEST_F(Resume, StartsANewJobWhenTheLastOneIsFinished) {
  list(numbered("/page/", 10));
  crawl({"urls.txt"});
  EXPECT_THAT(crawl({"--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(server_.traffic().counts().requests, 20u);
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "2");
}

TEST_F(Resume, StartsANewJobForAnotherList) {
  list(numbered("/page/", 10));
  crawl({"--max-pages", "5", "urls.txt"});
  write("other.txt", server_.url("/page/1") + "\n");
  EXPECT_THAT(crawl({"--resume", "other.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "2");
  EXPECT_EQ(requests_for("/page/1"), 2u);
}

TEST_F(Resume, StartsAJobWhereThereIsNoDatabase) {
  list(numbered("/page/", 10));
  EXPECT_THAT(crawl({"--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(done().size(), 10u);
}

TEST_F(Resume, IsNotWhatAPlainRunDoes) {
  list(numbered("/page/", 10));
  crawl({"--max-pages", "5", "urls.txt"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(server_.traffic().counts().requests, 15u);
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "2");
}

TEST_F(Resume, SkipsTheLinesOfStandardInputThatAreDone) {
  list(numbered("/delay/20/", 200));
  Process crawl_to_stop({.program = CRAWL_PROGRAM,
                         .arguments = {"-c", "10", "-"},
                         .directory = dir_.path(),
                         .stdin_file = dir_.path() / "urls.txt"});
  interrupt_after(100, crawl_to_stop, SIGINT);
  const std::set<std::string> committed = done();
  EXPECT_GE(committed.size(), 50u);

  const test_support::Command again{.arguments = {"-c", "10", "--resume", "-"},
                                    .stdin_file = dir_.path() / "urls.txt"};
  EXPECT_THAT(run(again), ExitsWith(0));
  EXPECT_EQ(done().size(), 200u);
  expect_fetched_once(committed);
}

}  // namespace
}  // namespace e2e
