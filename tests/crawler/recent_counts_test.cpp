#include "crawler/recent_counts.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace crawler {
namespace {

constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  // odd: multiples of it are all different

void add(RecentCounts& counts, std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t i = first; i <= last; ++i) counts.add(i * kSpread);
}

TEST(RecentCounts, CountEachHash) {
  RecentCounts counts;
  EXPECT_EQ(counts.add(kSpread), 1);
  EXPECT_EQ(counts.add(2 * kSpread), 1);
  EXPECT_EQ(counts.add(kSpread), 2);
  EXPECT_EQ(counts.add(0), 1);
  EXPECT_EQ(counts.add(0), 2);
}

TEST(RecentCounts, RememberTwoGenerations) {
  RecentCounts counts(100);
  add(counts, 1, 200);
  for (std::uint64_t i = 101; i <= 200; ++i) EXPECT_EQ(counts.add(i * kSpread), 2) << i;
}

TEST(RecentCounts, ForgetWhatCameByLongAgo) {
  RecentCounts counts(100);
  add(counts, 1, 201);
  EXPECT_EQ(counts.add(kSpread), 1);
}

TEST(RecentCounts, KeepWhatComesAgainAndAgain) {
  RecentCounts counts(10);
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    EXPECT_EQ(counts.add(0), i);
    counts.add(i * kSpread);
  }
}

TEST(RecentCounts, GrowAsTheyAreFilled) {
  RecentCounts counts;
  add(counts, 1, 20'000);
  for (std::uint64_t i = 1; i <= 20'000; ++i) ASSERT_EQ(counts.add(i * kSpread), 2) << i;
}

TEST(RecentCounts, EndAtTheirMost) {
  RecentCounts counts;
  for (int i = 0; i < 70'000; ++i) counts.add(1);
  EXPECT_EQ(counts.add(1), RecentCounts::kMost);
}

TEST(RecentCounts, EndAtTheirMostInAnOlderGenerationToo) {
  RecentCounts counts(1);
  for (int i = 0; i < 70'000; ++i) counts.add(0);
  counts.add(kSpread);
  EXPECT_EQ(counts.add(0), RecentCounts::kMost);
}

}  // namespace
}  // namespace crawler
