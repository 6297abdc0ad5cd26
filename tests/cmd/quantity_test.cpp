#include "cmd/quantity.h"

#include <chrono>
#include <optional>

#include <gtest/gtest.h>

namespace cmd {
namespace {

using namespace std::chrono_literals;

TEST(Duration, HasAUnitOrIsInSeconds) {
  EXPECT_EQ(read_duration("500ms"), 500ms);
  EXPECT_EQ(read_duration("30"), 30s);
  EXPECT_EQ(read_duration("30s"), 30s);
  EXPECT_EQ(read_duration("2m"), 2min);
  EXPECT_EQ(read_duration("1h"), 1h);
  EXPECT_EQ(read_duration("0"), 0ms);
}

TEST(Duration, MayHaveDecimals) {
  EXPECT_EQ(read_duration("1.5"), 1500ms);
  EXPECT_EQ(read_duration("0.25m"), 15s);
  EXPECT_EQ(read_duration("0.4ms"), 0ms);
}

TEST(Duration, IsNothingElse) {
  for (const char* text : {"", " ", "s", "soon", "-1", "-1s", "1 s", " 1", "1s ", "1e3", "1d", "1S", "0x10",
                           "inf", "nan", "1,5", "+1", "1ss", "99999999999999999999"})
    EXPECT_EQ(read_duration(text), std::nullopt) << text;
}

TEST(Duration, IsWithinWhatAClockCounts) {
  EXPECT_EQ(read_duration("596h"), 596h);
  EXPECT_EQ(read_duration("597h"), std::nullopt);
  EXPECT_EQ(read_duration("2147483647ms"), 2'147'483'647ms);
  EXPECT_EQ(read_duration("2147483648ms"), std::nullopt);
}

TEST(Size, HasAUnitOrIsInBytes) {
  EXPECT_EQ(read_size("4096"), 4096U);
  EXPECT_EQ(read_size("64K"), 64U * 1024);
  EXPECT_EQ(read_size("16M"), 16U * 1024 * 1024);
  EXPECT_EQ(read_size("1G"), 1024U * 1024 * 1024);
  EXPECT_EQ(read_size("0.5K"), 512U);
  EXPECT_EQ(read_size("0"), 0U);
}

TEST(Size, IsNothingElse) {
  for (const char* text :
       {"", "K", "much", "-1", "1k", "1KB", "1 M", "1e9", "inf", "nan", "9999999999999999", "1000000000G"})
    EXPECT_EQ(read_size(text), std::nullopt) << text;
}

}  // namespace
}  // namespace cmd
