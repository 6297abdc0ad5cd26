// Spares a dead host's URLs the wait for a connection that will not come.
//
//   if (breaker.is_open(now)) return PageError::connect;       // without trying
//   breaker.note_failure(now);                                 // no connection
//   breaker.note_answer();                                     // whatever the status
//
// Contract: pure. Opens after 5 failures in a row, and closes with an answer. After 30 s it lets single
// requests through, to see.
#pragma once

#include <chrono>

#include "crawler/async/clock.h"

namespace crawler {

class Breaker {
 public:
  static constexpr int kFailures = 5;
  static constexpr std::chrono::seconds kOpenFor{30};

  void note_failure(async::TimePoint now) {
    if (++failures_ >= kFailures) open_until_ = now + kOpenFor;
  }
  void note_answer() {
    failures_ = 0;
    open_until_ = {};
  }
  bool is_open(async::TimePoint now) const { return now < open_until_; }
  /// Whether it is to be closed or opened by the next request, so that one at a time is enough.
  bool is_probing(async::TimePoint now) const { return failures_ >= kFailures && !is_open(now); }

 private:
  int failures_ = 0;  // in a row
  async::TimePoint open_until_{};
};

}  // namespace crawler
