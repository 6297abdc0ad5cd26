#include "crawler/hash_set.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace crawler {
namespace {

constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  // odd: multiples of it are all different

TEST(HashSet, KnowsWhatWasInserted) {
  HashSet set;
  EXPECT_FALSE(set.contains(7));
  EXPECT_TRUE(set.insert(7));
  EXPECT_FALSE(set.insert(7));
  EXPECT_TRUE(set.contains(7));
}

TEST(HashSet, HoldsAnyNumber) {
  HashSet set;
  for (std::uint64_t i = 1; i <= 10'000; ++i) EXPECT_TRUE(set.insert(i * kSpread));
  for (std::uint64_t i = 1; i <= 10'000; ++i) EXPECT_FALSE(set.insert(i * kSpread));
  EXPECT_FALSE(set.contains(10'001 * kSpread));
}

TEST(HashSet, TellsHashesOfOnePlaceApart) {
  HashSet set;
  for (std::uint64_t i = 0; i < 12; ++i) EXPECT_TRUE(set.insert(i << 32 | 15));
  EXPECT_TRUE(set.contains(std::uint64_t{11} << 32 | 15));
  EXPECT_FALSE(set.contains(std::uint64_t{12} << 32 | 15));
}

TEST(HashSet, HoldsTheHashThatMarksAFreePlace) {
  HashSet set;
  EXPECT_FALSE(set.contains(0));
  EXPECT_TRUE(set.insert(0));
  EXPECT_TRUE(set.contains(0));
}

}  // namespace
}  // namespace crawler
