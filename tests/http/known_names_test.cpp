#include "crawler/http/known_names.h"

#include <chrono>
#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace crawler::http {
namespace {

using namespace std::chrono_literals;

class KnownNamesTest : public testing::Test {
 protected:
  void keep(const std::string& name, async::Duration valid_for) {
    known_.keep(name, std::unexpected(LookUpError::no_answer), now_ + valid_for);
  }
  bool knows(const std::string& name) { return known_.find(name, now_) != nullptr; }

  KnownNames known_{3};
  async::TimePoint now_{};
};

TEST_F(KnownNamesTest, KnowsANameUntilItIsNoLongerValid) {
  keep("a", 10s);
  now_ += 10s - 1ns;
  EXPECT_TRUE(knows("a"));
  now_ += 1ns;
  EXPECT_FALSE(knows("a"));
}

TEST_F(KnownNamesTest, GivesWhatWasKeptLast) {
  keep("a", 1s);
  known_.keep("a", std::make_shared<const Addresses>(Addresses{.ips = {"192.0.2.1"}, .valid_until = {}}),
              now_ + 10s);
  now_ += 5s;
  ASSERT_TRUE(knows("a"));
  EXPECT_EQ((**known_.find("a", now_))->ips.front(), "192.0.2.1");
  EXPECT_EQ(known_.size(), 1U);
}

TEST_F(KnownNamesTest, DropsTheOneNotAskedForTheLongest) {
  for (const char* name : {"a", "b", "c"}) keep(name, 10s);
  EXPECT_TRUE(knows("a"));
  keep("d", 10s);
  EXPECT_TRUE(knows("a"));
  EXPECT_FALSE(knows("b"));
  EXPECT_TRUE(knows("c"));
  EXPECT_TRUE(knows("d"));
  EXPECT_EQ(known_.size(), 3U);
}

TEST(KnownNames, MayKeepNothing) {
  KnownNames known(0);
  known.keep("a", std::unexpected(LookUpError::no_answer), async::TimePoint() + 1s);
  EXPECT_EQ(known.find("a", {}), nullptr);
}

}  // namespace
}  // namespace crawler::http
