// Durations in counted classes: percentiles of any number of them in constant memory, each within 2 %.
//
//   LatencyHistogram latencies;
//   latencies.add(12.5ms);
//   latencies.percentile(99);   // milliseconds; 0 if there are none
//
// Contract: from 1 µs to some 19 hours; what lies outside counts as the nearest.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace crawler {

class LatencyHistogram {
 public:
  using Milliseconds = std::chrono::duration<double, std::milli>;

  void add(Milliseconds duration) {
    ++counts_[class_of(duration)];
    ++total_;
  }

  bool is_empty() const { return total_ == 0; }

  Milliseconds percentile(double percent) const {
    const auto rank = static_cast<std::int64_t>(percent / 100 * static_cast<double>(total_) + 0.5);
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen > 0 && seen >= rank) return middle_of(i);
    }
    return Milliseconds(0);
  }

 private:
  // A power of two of microseconds is split into 32 equal classes.
  static constexpr int kSubclassBits = 5;
  static constexpr std::uint64_t kSubclasses = 1 << kSubclassBits;
  static constexpr int kMaxPower = 36;

  static std::size_t class_of(Milliseconds duration) {
    const double us = std::clamp(duration.count() * 1000, 1.0, static_cast<double>((1ULL << kMaxPower) - 1));
    // In parts of a microsecond, so that small values have subclasses too.
    const auto value = static_cast<std::uint64_t>(us * kSubclasses);
    const int power = static_cast<int>(std::bit_width(value)) - 1;
    const std::uint64_t subclass = (value >> (power - kSubclassBits)) - kSubclasses;
    return static_cast<std::size_t>(power - kSubclassBits) * kSubclasses + subclass;
  }
  static Milliseconds middle_of(std::size_t index) {
    const double base = static_cast<double>(1ULL << (index / kSubclasses));
    return Milliseconds(base * (1 + (static_cast<double>(index % kSubclasses) + 0.5) / kSubclasses) / 1000);
  }

  std::array<std::int64_t, kMaxPower * kSubclasses> counts_{};
  std::int64_t total_ = 0;
};

}  // namespace crawler
