// kill -9 at any moment of a crawl that follows links: nothing is lost, and nothing that was committed is
// asked for again.
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>

#include "tests/e2e/follow_test.h"

namespace e2e {
namespace {

using test_support::Duty;
using test_support::Process;

class Kill : public FollowTest {
 protected:
  /// Starts the crawl, or goes on with it, and kills it when the web has seen some requests more.
  void crawl_and_kill(const SyntheticWeb& web, std::size_t requests) {
    const std::size_t before = web.request_count();
    Process process = start(follow(web, {"-c", "8", "--resume"}));
    ASSERT_TRUE(web.wait_for_requests(before + requests, 20s)) << process.err();
    process.signal(SIGKILL);
    EXPECT_EQ(process.wait(kLongestRun), 128 + SIGKILL) << process.err();
    ASSERT_TRUE(web.wait_for_silence(20s));
    judge_last_run(web);
    EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
    committed_.clear();
    for (const auto& row : rows("SELECT url FROM page WHERE error IS NULL OR error <> 'cancelled'"))
      committed_.insert(row.at(0));
  }
  void crawl_to_the_end(const SyntheticWeb& web) {
    Process process = start(follow(web, {"-c", "100", "--resume"}));
    process.close_stdin();
    EXPECT_EQ(process.wait(100s), 0) << process.err();
    judge_last_run(web);
  }
  /// How many runs were killed between two of their requests: the next run had some left.
  std::size_t kills_in_mid_run() const { return kills_in_mid_run_; }

 private:
  /// It asked for nothing twice, and for nothing that was committed when the run before it was killed.
  void judge_last_run(const SyntheticWeb& web) {
    const auto requests = web.requests(seen_);
    if (seen_ > 0 && !requests.empty()) ++kills_in_mid_run_;
    seen_ += requests.size();
    std::map<std::string, int> times;
    for (const SyntheticWeb::Request& request : requests) ++times[web.url(request.host, request.target)];
    for (const auto& [url, count] : times) {
      EXPECT_FALSE(committed_.contains(url)) << url;
      const Duty duty = web.duty(url);
      EXPECT_TRUE(duty == Duty::robots || count <= (duty == Duty::twice ? 2 : 1)) << url;
    }
  }

  std::size_t seen_ = 0;             // requests, when the last run was killed
  std::set<std::string> committed_;  // pages, by then
  std::size_t kills_in_mid_run_ = 0;
};

TEST_F(Kill, LosesNothingAndRepeatsNothingThatWasCommitted) {
  const bool is_long = std::getenv("CRAWL_LONG_TESTS") != nullptr;
  const std::uint32_t kills = is_long ? 200 : 12;
  constexpr std::uint32_t kMostRequests = 250;
  // So many that no run before the last comes to an end: on average it sees half of the requests.
  const SyntheticWeb web({.hosts = kills * 2, .pages = kills * 150, .delay = 20ms});
  std::minstd_rand random(1);
  for (std::uint32_t kill = 0; kill < kills && !HasFatalFailure(); ++kill)
    crawl_and_kill(web, 1 + random() % kMostRequests);
  crawl_to_the_end(web);

  EXPECT_EQ(rows_of(web), expected_rows(web));
  EXPECT_THAT(web.missing(), testing::IsEmpty());
  EXPECT_THAT(web.forbidden(), testing::IsEmpty());
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "1");
  EXPECT_EQ(kills_in_mid_run(), kills);
  if (is_long) std::cout << kills << " kills, " << kills_in_mid_run() << " of them in mid-run\n";
}

}  // namespace
}  // namespace e2e
