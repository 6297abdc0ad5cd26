#include "crawler/latency_histogram.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace crawler {
namespace {

using namespace std::chrono_literals;
using Milliseconds = LatencyHistogram::Milliseconds;

/// Whether `ms` is within 2 % of it.
void expect_near(Milliseconds actual, double ms) { EXPECT_NEAR(actual.count(), ms, 0.02 * ms); }

TEST(LatencyHistogram, GivesNothingOfNothing) {
  EXPECT_TRUE(LatencyHistogram().is_empty());
  EXPECT_EQ(LatencyHistogram().percentile(50).count(), 0);
}

TEST(LatencyHistogram, GivesAnyDurationWithinTwoPercent) {
  for (double us = 1; us < 60e9; us *= 1.007) {
    LatencyHistogram latencies;
    latencies.add(Milliseconds(us / 1000));
    expect_near(latencies.percentile(50), us / 1000);
  }
}

TEST(LatencyHistogram, TakesWhatLiesOutsideAsTheNearest) {
  LatencyHistogram latencies;
  latencies.add(0ms);
  latencies.add(-5ms);
  latencies.add(std::chrono::hours(1'000'000));
  expect_near(latencies.percentile(50), 0.001);
  expect_near(latencies.percentile(100), std::exp2(36) / 1000);
}

TEST(LatencyHistogram, GivesThePercentilesOfManyWithinTwoPercent) {
  std::mt19937 random(7);
  std::lognormal_distribution<double> distribution(3, 1.2);
  LatencyHistogram latencies;
  std::vector<double> exact;
  for (int i = 0; i < 100'000; ++i) {
    exact.push_back(distribution(random));
    latencies.add(Milliseconds(exact.back()));
  }
  std::ranges::sort(exact);
  for (const int percent : {1, 10, 50, 90, 95, 99})
    expect_near(latencies.percentile(percent), exact[static_cast<std::size_t>(percent) * 1000 - 1]);
  expect_near(latencies.percentile(100), exact.back());
}

TEST(LatencyHistogram, TellsTheFewSlowOnesFromTheRest) {
  LatencyHistogram latencies;
  for (int i = 0; i < 98; ++i) latencies.add(10ms);
  for (int i = 0; i < 2; ++i) latencies.add(5s);
  expect_near(latencies.percentile(95), 10);
  expect_near(latencies.percentile(99), 5000);
}

}  // namespace
}  // namespace crawler
