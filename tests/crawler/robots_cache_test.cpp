#include "crawler/robots_cache.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "parse/robots.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::TimePoint;

class RobotsCacheTest : public testing::Test {
 protected:
  static OriginRobots rules(std::size_t bytes) {
    OriginRobots robots;
    const std::string body = "User-agent: *\nDisallow: /" + std::string(bytes, 'x');
    robots.rules = parse::RobotsFile::parse(body).rules_for("crawl");
    return robots;
  }
  void put(const std::string& origin, std::size_t bytes = 0) { cache_.put(origin, rules(bytes), now_ + 24h); }
  bool knows(const std::string& origin) { return cache_.find(origin, now_) != nullptr; }

  TimePoint now_{1h};
  RobotsCache cache_{10'000};
};

TEST_F(RobotsCacheTest, KnowsWhatWasPut) {
  EXPECT_FALSE(knows("http://a"));
  put("http://a");
  EXPECT_TRUE(knows("http://a"));
  EXPECT_FALSE(knows("https://a"));
}

TEST_F(RobotsCacheTest, ForgetsWhatIsTooOld) {
  put("http://a");
  now_ += 24h - 1ms;
  EXPECT_TRUE(knows("http://a"));
  now_ += 1ms;
  EXPECT_FALSE(knows("http://a"));
  EXPECT_EQ(cache_.bytes(), 0U);
}

TEST_F(RobotsCacheTest, DropsTheOneNotAskedForTheLongest) {
  put("http://a", 3000);
  put("http://b", 3000);
  EXPECT_TRUE(knows("http://a"));
  put("http://c", 4000);
  EXPECT_TRUE(knows("http://a"));
  EXPECT_FALSE(knows("http://b"));
  EXPECT_LE(cache_.bytes(), 10'000U);
}

TEST_F(RobotsCacheTest, KeepsTheLatestHoweverLarge) {
  put("http://a");
  put("http://b", 50'000);
  EXPECT_FALSE(knows("http://a"));
  EXPECT_TRUE(knows("http://b"));
}

TEST_F(RobotsCacheTest, TakesTheLatestOfAnOrigin) {
  put("http://a", 5000);
  put("http://a");
  EXPECT_LT(cache_.bytes(), 1000U);
  EXPECT_TRUE(cache_.find("http://a", now_)->allows(*parse::Url::parse("http://a/x")) == false);
}

// Ten thousand hosts, each with a file as large as is read.
TEST_F(RobotsCacheTest, StaysWithinItsBoundWhateverHostsWrite) {
  for (int i = 0; i < 1000; ++i) put("http://" + std::to_string(i), 3000);
  EXPECT_LE(cache_.bytes(), 10'000U);
  EXPECT_TRUE(knows("http://999"));
}

}  // namespace
}  // namespace crawler
