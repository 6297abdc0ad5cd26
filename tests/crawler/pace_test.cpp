#include "crawler/pace.h"

#include <chrono>
#include <cstdint>
#include <optional>

#include <gtest/gtest.h>

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::TimePoint;

constexpr std::uint64_t kLongest = 500;  // of the numbers that backoff(1, …) takes, the one that gives 500 ms

class PaceTest : public testing::Test {
 protected:
  void answer(int count) {
    for (int i = 0; i < count; ++i) pace_.note_answer(now_);
  }
  void refuse(std::size_t in_flight, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
    pace_.note_refusal(now_, now_, in_flight, retry_after, kLongest);
  }

  TimePoint now_{1h};
  Pace pace_{100};
};

TEST_F(PaceTest, LimitsNothingUntilTheHostMinds) {
  answer(1000);
  EXPECT_EQ(pace_.limit(), 100U);
  EXPECT_LE(pace_.paused_until(), now_);
}

TEST_F(PaceTest, PausesAndBeginsWithOne) {
  refuse(100);
  EXPECT_EQ(pace_.limit(), 1U);
  EXPECT_EQ(pace_.paused_until(), now_ + 500ms);
}

TEST_F(PaceTest, DoublesUpToHalfOfWhatWasTooMuchAndThenAddsOneARound) {
  refuse(16);
  now_ += 1s;
  answer(1);
  EXPECT_EQ(pace_.limit(), 2U);
  answer(2);
  EXPECT_EQ(pace_.limit(), 4U);
  answer(4);
  EXPECT_EQ(pace_.limit(), 8U);
  answer(7);
  EXPECT_EQ(pace_.limit(), 8U);
  answer(2);
  EXPECT_EQ(pace_.limit(), 9U);
}

TEST_F(PaceTest, CountsTheRefusalsOfOneWaveOnce) {
  const TimePoint wave = now_;
  refuse(80);
  now_ += 10ms;
  for (int i = 0; i < 70; ++i) pace_.note_refusal(now_, wave, 70, std::nullopt, kLongest);
  EXPECT_EQ(pace_.paused_until(), wave + 500ms);
  EXPECT_TRUE(pace_.is_waited_for());
  pace_.note_answer(wave);
  EXPECT_EQ(pace_.limit(), 1U) << "of that wave too";
}

TEST_F(PaceTest, WaitsAsLongAsItIsAskedTo) {
  refuse(10, 7s);
  EXPECT_EQ(pace_.paused_until(), now_ + 7s);
  pace_.note_refusal(now_, now_ - 1s, 9, 9s, kLongest);
  EXPECT_EQ(pace_.paused_until(), now_ + 9s) << "the longest of a wave counts";
}

TEST_F(PaceTest, DoesNotWaitForMoreThanTwoMinutes) {
  refuse(10, 120s);
  EXPECT_TRUE(pace_.is_waited_for());
  now_ += 120s;
  refuse(1, 121s);
  EXPECT_FALSE(pace_.is_waited_for());
  EXPECT_LE(pace_.paused_until(), now_);
}

// The second refusal of a wave had the host waited for, for as long as it said.
TEST_F(PaceTest, DoesNotWaitForMoreThanTwoMinutesWhoeverOfAWaveSaysSo) {
  const TimePoint wave = now_;
  refuse(10, 3600s);
  now_ += 10ms;
  pace_.note_refusal(now_, wave, 9, 3600s, kLongest);
  EXPECT_FALSE(pace_.is_waited_for());
  EXPECT_LE(pace_.paused_until(), now_);
}

TEST_F(PaceTest, WaitsNoMoreWhenFivePausesWereInVain) {
  for (int pause = 0; pause < Pace::kPauses; ++pause) {
    refuse(1);
    EXPECT_TRUE(pace_.is_waited_for());
    EXPECT_GT(pace_.paused_until(), now_);
    now_ += 1min;
  }
  refuse(1);
  EXPECT_FALSE(pace_.is_waited_for());
  EXPECT_LE(pace_.paused_until(), now_);
  EXPECT_EQ(pace_.limit(), 1U);
}

TEST_F(PaceTest, WaitsAgainAfterAnAnswer) {
  for (int pause = 0; pause < 6; ++pause, now_ += 1min) refuse(1);
  answer(1);
  EXPECT_TRUE(pace_.is_waited_for());
  refuse(1);
  EXPECT_GT(pace_.paused_until(), now_);
}

TEST_F(PaceTest, ForgetsTheLimitOnceTheHostBearsAllThereIs) {
  refuse(100);
  now_ += 1s;
  answer(10'000);
  EXPECT_EQ(pace_.limit(), 100U);
}

}  // namespace
}  // namespace crawler
