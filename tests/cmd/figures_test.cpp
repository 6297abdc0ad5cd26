#include "cmd/figures.h"

#include <chrono>
#include <limits>

#include <gtest/gtest.h>

namespace cmd {
namespace {

using namespace std::chrono_literals;

TEST(Figures, SeparateThousands) {
  EXPECT_EQ(with_commas(0), "0");
  EXPECT_EQ(with_commas(999), "999");
  EXPECT_EQ(with_commas(1000), "1,000");
  EXPECT_EQ(with_commas(15740), "15,740");
  EXPECT_EQ(with_commas(1234567), "1,234,567");
  EXPECT_EQ(with_commas(-999), "-999");
  EXPECT_EQ(with_commas(-123456), "-123,456");
  EXPECT_EQ(with_commas(std::numeric_limits<std::int64_t>::max()), "9,223,372,036,854,775,807");
}

TEST(Figures, GiveBytesInTheUnitThatFits) {
  EXPECT_EQ(as_bytes(0), "0 bytes");
  EXPECT_EQ(as_bytes(999), "999 bytes");
  EXPECT_EQ(as_bytes(1000), "1.0 kB");
  EXPECT_EQ(as_bytes(39'540'000), "39.5 MB");
  EXPECT_EQ(as_bytes(2'000'000'000), "2.0 GB");
  EXPECT_EQ(as_bytes(5'000'000'000'000'000), "5000.0 TB");
}

TEST(Figures, GiveShortTimesMorePrecisely) {
  EXPECT_EQ(as_seconds(0ms), "0.00 s");
  EXPECT_EQ(as_seconds(1234ms), "1.23 s");
  EXPECT_EQ(as_seconds(12345ms), "12.3 s");
  EXPECT_EQ(as_milliseconds(640us), "0.6 ms");
  EXPECT_EQ(as_milliseconds(45ms), "45 ms");
  EXPECT_EQ(as_milliseconds(1020ms), "1.02 s");
}

TEST(Figures, GiveRatiosThreeDigits) {
  EXPECT_EQ(as_ratio(1.05), "1.05");
  EXPECT_EQ(as_ratio(19.62), "19.6");
  EXPECT_EQ(as_ratio(250.4), "250");
}

}  // namespace
}  // namespace cmd
