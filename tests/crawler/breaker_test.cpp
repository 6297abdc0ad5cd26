#include "crawler/breaker.h"

#include <chrono>

#include <gtest/gtest.h>

namespace crawler {
namespace {

using namespace std::chrono_literals;

class BreakerTest : public testing::Test {
 protected:
  void fail(int times) {
    for (int i = 0; i < times; ++i) breaker_.note_failure(now_);
  }

  async::TimePoint now_{1h};
  Breaker breaker_;
};

TEST_F(BreakerTest, OpensAfterFiveFailuresInARow) {
  fail(4);
  EXPECT_FALSE(breaker_.is_open(now_));
  fail(1);
  EXPECT_TRUE(breaker_.is_open(now_));
}

TEST_F(BreakerTest, StartsAnewWithEachAnswer) {
  fail(4);
  breaker_.note_answer();
  fail(4);
  EXPECT_FALSE(breaker_.is_open(now_));
}

TEST_F(BreakerTest, ClosesWithAnAnswer) {
  fail(5);
  breaker_.note_answer();
  EXPECT_FALSE(breaker_.is_open(now_));
  EXPECT_FALSE(breaker_.is_probing(now_));
}

TEST_F(BreakerTest, LetsOneThroughAfterAWhile) {
  fail(5);
  EXPECT_FALSE(breaker_.is_probing(now_));
  now_ += Breaker::kOpenFor;
  EXPECT_FALSE(breaker_.is_open(now_));
  EXPECT_TRUE(breaker_.is_probing(now_));
  fail(1);
  EXPECT_TRUE(breaker_.is_open(now_));
}

}  // namespace
}  // namespace crawler
