#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using BusyHost = CrawlTest;

TEST_F(BusyHost, LosesNoPageByRefusingWhatIsTooMuch) {
  server_.refuse_above(20);
  list(numbered("/delay/5/page/", 2000));
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "2000");
  EXPECT_NE(value("SELECT count(*) FROM fetch WHERE status = 429"), "0");
}

TEST_F(BusyHost, IsLeftAloneAsAWholeForAsLongAsItAsks) {
  server_.answer("/busy", {.status = 429, .headers = {"Retry-After: 1"}});
  std::vector<std::string> paths = numbered("/delay/100/page/", 30);
  paths.insert(paths.begin(), "/busy");
  list(paths);
  crawl({"-c", "2", "--retries", "0", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "30");
  // What was in flight goes on, and one may begin before the answer that has come is read; twenty would, if
  // nothing waited.
  EXPECT_EQ(
      value("WITH refused AS (SELECT started_ms + total_ms AS at FROM fetch WHERE status = 429) "
            "SELECT count(*) <= 1 FROM fetch, refused WHERE started_ms > at AND started_ms < at + 1000"),
      "1");
}

TEST_F(BusyHost, ThatRefusesAllIsNotWaitedForForEver) {
  server_.answer_all(503);
  list(numbered("/page/", 60));
  const Result result = crawl({"--retries", "1", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 503"), "60");
  EXPECT_LT(result.wall, 20s);
}

}  // namespace
}  // namespace e2e
