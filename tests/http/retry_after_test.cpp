#include "crawler/http/retry_after.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crawler::http {
namespace {

using namespace std::chrono_literals;
using testing::Optional;

/// A quarter of a second after Sun, 06 Nov 1994 08:49:37 GMT.
constexpr std::chrono::system_clock::time_point kNow =
    std::chrono::sys_days(1994y / 11 / 6) + 8h + 49min + 37s + 250ms;

std::optional<std::chrono::seconds> read(std::string_view value) { return read_retry_after(value, kNow); }

TEST(RetryAfter, IsANumberOfSeconds) {
  EXPECT_THAT(read("0"), Optional(0s));
  EXPECT_THAT(read("120"), Optional(120s));
  EXPECT_THAT(read("0000000000000000000000000000120"), Optional(120s));
}

TEST(RetryAfter, IsADateInEachFormOfHttp) {
  EXPECT_THAT(read("Sun, 06 Nov 1994 08:51:37 GMT"), Optional(120s));
  EXPECT_THAT(read("Sunday, 06-Nov-94 08:51:37 GMT"), Optional(120s));
  EXPECT_THAT(read("Sun Nov  6 08:51:37 1994"), Optional(120s));
}

TEST(RetryAfter, CountsTheDaysAndTheLeapSecond) {
  EXPECT_THAT(read("Tue, 08 Nov 1994 08:49:37 GMT"), Optional(48h));
  EXPECT_THAT(read("Sun, 06 Nov 1994 08:49:60 GMT"), Optional(23s));
}

TEST(RetryAfter, InThePastIsNow) {
  EXPECT_THAT(read("Sun, 06 Nov 1994 08:49:36 GMT"), Optional(0s));
  EXPECT_THAT(read("Thu, 01 Jan 1970 00:00:00 GMT"), Optional(0s));
  EXPECT_THAT(read("Mon, 01 Jan 0001 00:00:00 GMT"), Optional(0s));
}

TEST(RetryAfter, OfTwoDigitsIsNotMoreThanFiftyYearsAhead) {
  EXPECT_THAT(read("Sunday, 06-Nov-44 08:49:37 GMT"), Optional(kMaxRetryAfter));
  EXPECT_THAT(read("Monday, 06-Nov-45 08:49:37 GMT"), Optional(0s));
  const auto end_of_century = std::chrono::sys_days(2099y / 12 / 31);
  EXPECT_THAT(read_retry_after("Friday, 01-Jan-00 00:00:00 GMT", end_of_century), Optional(24h));
}

TEST(RetryAfter, IsAYearAtMost) {
  for (const char* value :
       {"31536001", "9223372036854775807", "99999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    EXPECT_THAT(read(value), Optional(kMaxRetryAfter)) << value;
}

TEST(RetryAfter, IsNothingElse) {
  for (const char* value :
       {"", "-1", "+1", "1.5", "1s", "0x10", "1 2", " 1", "soon", "Sun", "1994-11-06T08:51:37Z",
        "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:51:37", "Sun, 06 Nov 1994 08:51:37 CET",
        "Sun, 06 Nov 1994 08:51:37 GMT+1", "Sun, 31 Feb 1994 08:51:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Xyz, 06 Nov 1994 08:51:37 GMT", "Sun, 06 Nov 1994 08:51:37 GMT, 120"})
    EXPECT_EQ(read(value), std::nullopt) << value;
  EXPECT_EQ(read(std::string_view("Sun, 06 Nov 1994 08:51:37 GMT\0", 30)), std::nullopt);
}

}  // namespace
}  // namespace crawler::http
