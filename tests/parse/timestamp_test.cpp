#include "parse/timestamp.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parse {
namespace {

using testing::Optional;

/// Seconds since 1970.
std::optional<std::int64_t> read(std::string_view text) {
  return read_timestamp(text).transform([](auto time) { return time.time_since_epoch().count(); });
}

constexpr std::int64_t kNewYear = 1767225600;  // 2026-01-01 00:00:00 UTC
constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::int64_t kMoment = kNewYear + kDay + 3 * 3600 + 4 * 60 + 5;  // 2026-01-02 03:04:05 UTC

TEST(Timestamp, ReadsEachLengthOfTheW3cNote) {
  EXPECT_THAT(read("2026"), Optional(kNewYear));
  EXPECT_THAT(read("2026-01"), Optional(kNewYear));
  EXPECT_THAT(read("2026-01-02"), Optional(kNewYear + kDay));
  EXPECT_THAT(read("2026-01-02T03:04Z"), Optional(kMoment - 5));
  EXPECT_THAT(read("2026-01-02T03:04:05Z"), Optional(kMoment));
  EXPECT_THAT(read("2026-01-02T03:04:05.999999Z"), Optional(kMoment));
}

TEST(Timestamp, CountsOffsetsOff) {
  EXPECT_THAT(read("2026-01-02T04:34:05+01:30"), Optional(kMoment));
  EXPECT_THAT(read("2026-01-01T19:04:05-08:00"), Optional(kMoment));
  EXPECT_THAT(read("Fri, 02 Jan 2026 04:34:05 +0130"), Optional(kMoment));
  EXPECT_THAT(read("Thu, 01 Jan 2026 22:04:05 EST"), Optional(kMoment));
}

TEST(Timestamp, ReadsRfc5322WithItsObsoleteForms) {
  EXPECT_THAT(read("Fri, 02 Jan 2026 03:04:05 GMT"), Optional(kMoment));
  EXPECT_THAT(read("2 Jan 26 03:04:05 UT"), Optional(kMoment));
  EXPECT_THAT(read("Fri, 2 Jan 2026 03:04 Z"), Optional(kMoment - 5));
  EXPECT_THAT(read("Thu, 01 Jan 70 00:00:01 GMT"), Optional(1));
}

TEST(Timestamp, ForgivesHabits) {
  EXPECT_THAT(read("\n 2026-01-02 03:04:05 "), Optional(kMoment));
  EXPECT_THAT(read("2026-01-02t03:04:05z"), Optional(kMoment));
  EXPECT_THAT(read("2026-01-02T03:04:05+0000"), Optional(kMoment));
  EXPECT_THAT(read("2026-01-02 03:04:05 UTC"), Optional(kMoment));
  EXPECT_THAT(read("Mon, 2 January 2026 03:04:05 +00"), Optional(kMoment));
  EXPECT_THAT(read("2 Jan 2026"), Optional(kNewYear + kDay));
}

TEST(Timestamp, RefusesWhatIsNoDate) {
  for (const std::string_view text : {"",
                                      " ",
                                      "yesterday",
                                      "20260102",
                                      "2026-1-2",
                                      "2026-13-01",
                                      "2026-02-30",
                                      "2026-00-01",
                                      "2026-01-02T",
                                      "2026-01-02T24:00Z",
                                      "2026-01-02T03:60Z",
                                      "2026-01-02T03:04:61Z",
                                      "2026-01-02T03:04:05.Z",
                                      "2026-01-02T03:04:05+1",
                                      "2026-01-02T03:04:05+01:",
                                      "2026-01-02T03:04:05Z!",
                                      "31 Feb 2026",
                                      "2 Foo 2026",
                                      "2 Jan",
                                      "Jan 2 2026",
                                      "99999999999999999999",
                                      "-2026-01-02"})
    EXPECT_EQ(read(text), std::nullopt) << text;
}

TEST(Timestamp, TakesALeapSecondForTheNextSecond) {
  EXPECT_THAT(read("2025-12-31T23:59:60Z"), Optional(kNewYear));
}

}  // namespace
}  // namespace parse
