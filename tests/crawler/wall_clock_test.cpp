#include "crawler/wall_clock.h"

#include <chrono>

#include <gtest/gtest.h>

namespace crawler {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

TEST(WallClock, WritesUtcWithMilliseconds) {
  const auto time = sys_days(std::chrono::year(2026) / 1 / 2) + 3h + 4min + 5s + 678ms;
  EXPECT_EQ(to_iso8601(time), "2026-01-02T03:04:05.678Z");
}

TEST(WallClock, PadsAndNeverRoundsUp) {
  const auto time = sys_days(std::chrono::year(2024) / 2 / 29) + 23h + 59min + 59s + 9999us;
  EXPECT_EQ(to_iso8601(time), "2024-02-29T23:59:59.009Z");
}

TEST(WallClock, GoesBackBeforeTheEpoch) {
  EXPECT_EQ(to_iso8601(std::chrono::system_clock::time_point(-1ms)), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace crawler
