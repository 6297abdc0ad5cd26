#include "cmd/progress_line.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace cmd {
namespace {

using namespace std::chrono_literals;

class ProgressLine : public testing::Test {
 protected:
  ProgressLine() {
    report_.ended = 1306;
    report_.under_way = 100;
    report_.bytes = 50'700'000;
  }
  void follow() {
    report_.waiting = 4210;
    report_.known = 9870;
  }
  std::string line(std::size_t columns) const {
    return progress_line(report_, {.elapsed = 2s, .pages_per_second = 653, .columns = columns});
  }

  crawler::RunReport report_;
};

TEST_F(ProgressLine, TellsHowAListGoes) {
  EXPECT_EQ(line(80), "1,306 done   653 pages/s   100 under way   2.00 s   50.7 MB");
  report_.failed = 12;
  EXPECT_EQ(line(80), "1,306 done   653 pages/s   12 failed   100 under way   2.00 s   50.7 MB");
}

TEST_F(ProgressLine, TellsWhatWaitsAndIsKnownWhereLinksAreFollowed) {
  follow();
  EXPECT_EQ(line(100),
            "1,306 done   4,210 waiting   653 pages/s   100 under way   2.00 s   50.7 MB   9,870 known");
}

TEST_F(ProgressLine, IsNeverWiderThanItsRoom) {
  follow();
  report_.failed = 12;
  for (std::size_t columns = 0; columns < 120; ++columns) EXPECT_LE(line(columns).size(), columns);
}

TEST_F(ProgressLine, LeavesOutWholePartsThoseThatSayLeastFirst) {
  follow();
  EXPECT_EQ(line(26), "1,306 done   4,210 waiting");
  EXPECT_EQ(line(25), "1,306 done");
  EXPECT_EQ(line(9), "");
}

}  // namespace
}  // namespace cmd
