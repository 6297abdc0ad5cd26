#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Demo = CrawlTest;

TEST_F(Demo, ShowsTheSpeedUpWithinFifteenSecondsAndLeavesNothingBehind) {
  const Result result = crawl({"demo"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_LT(result.wall, 15s);
  EXPECT_THAT(result.out, testing::ContainsRegex("[0-9](×|x| times)")) << result.err;
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
}

}  // namespace
}  // namespace e2e
