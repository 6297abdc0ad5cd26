#include "crawler/resource_usage.h"

#include <chrono>

#include <gtest/gtest.h>

namespace crawler {
namespace {

TEST(ResourceUsage, IsOfThisProcess) {
  const ResourceUsage usage = resource_usage();
  const auto now = std::chrono::system_clock::now();
  EXPECT_LE(usage.started_at, now);
  EXPECT_GT(usage.started_at, now - std::chrono::hours(1));
  EXPECT_GT(usage.resident_bytes, 1'000'000);
  EXPECT_GT(usage.peak_rss_kb, 1'000);
}

}  // namespace
}  // namespace crawler
