// How fast a host is asked: as fast as may be, until it says that this is too much.
//
//   Pace pace(100);
//   pace.note_refusal(now, began_at, in_flight, retry_after, random);   // 429, 503
//   pace.note_answer(began_at);                                         // any other
//   if (in_flight < pace.limit() && now >= pace.paused_until()) …
//
// After a refusal the host is left alone for as long as it asks, or for a back-off that doubles; then it gets
// one request at a time, and as they are answered well twice as many in each round up to half of what was too
// much, and from there one more in each round: additive increase, multiplicative decrease. The refusals of
// one wave count once. A host whose refusals five pauses have not ended is waited for no more: what is left
// is asked once, one at a time.
//
// Contract: pure. Source: RFC 6585, section 4; RFC 9110, 10.2.3; RFC 5681, section 3.1
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "crawler/async/clock.h"

namespace crawler {

class Pace {
 public:
  static constexpr int kPauses = 5;
  /// A longer Retry-After is not waited for.
  static constexpr std::chrono::seconds kLongestWait{120};

  /// `most`: requests at once beyond which a limit is none.
  explicit Pace(std::size_t most) : most_(most), limit_(static_cast<double>(most)) {}

  /// An answer to a request that began at `began`.
  void note_answer(async::TimePoint began);
  void note_refusal(async::TimePoint now, async::TimePoint began, std::size_t in_flight,
                    std::optional<std::chrono::seconds> retry_after, std::uint64_t random);

  std::size_t limit() const { return static_cast<std::size_t>(limit_); }
  async::TimePoint paused_until() const { return paused_until_; }
  /// Whether it is worth to wait for the host, and to try again what it refused.
  bool is_waited_for() const { return pauses_in_vain_ <= kPauses; }

 private:
  std::size_t most_;
  double limit_;
  double slow_start_ends_ = 0;
  async::TimePoint slowed_at_ = async::TimePoint::min();  // what began before does not know of it
  async::TimePoint paused_until_{};
  int pauses_in_vain_ = 0;
};

}  // namespace crawler
