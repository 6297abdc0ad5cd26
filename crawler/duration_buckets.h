// Durations counted in fixed buckets, and their sum: what can be added up over runs and hosts.
//
//   DurationBuckets durations;
//   durations.add(12.5ms);
//   durations.within(2);   // how many took no longer than bounds_ms[2]
//
// Contract: exact; a duration that equals a bound is within it. Percentiles of one run are better taken from
// a LatencyHistogram.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace crawler {

class DurationBuckets {
 public:
  using Milliseconds = std::chrono::duration<double, std::milli>;

  static constexpr std::array<int, 13> bounds_ms = {5,    10,   25,   50,    100,   250,  500,
                                                    1000, 2500, 5000, 10000, 30000, 60000};

  void add(Milliseconds duration) {
    const auto bound = std::ranges::lower_bound(bounds_ms, duration.count());
    ++counts_[static_cast<std::size_t>(bound - bounds_ms.begin())];
    sum_ += duration;
  }

  std::int64_t within(std::size_t bound) const {
    const auto end = counts_.begin() + static_cast<std::ptrdiff_t>(bound) + 1;
    return std::accumulate(counts_.begin(), end, std::int64_t{0});
  }
  std::int64_t count() const { return within(bounds_ms.size()); }
  Milliseconds sum() const { return sum_; }

 private:
  std::array<std::int64_t, bounds_ms.size() + 1> counts_{};  // the last: of what took longer than any bound
  Milliseconds sum_{};
};

}  // namespace crawler
