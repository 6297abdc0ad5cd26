// How long others are waited for, who hold a lock on the database or do not read what is written to them;
// another thread may cut it short.
//
//   auto patience = std::make_shared<Patience>();
//   Database database("crawl.db", Database::Access::read_write, patience);
//   patience->end_in(1s);        // from the loop: whoever waits for a lock gives up then
//
// Contract: any thread. What ends stays ended: a later wait fails at once, and work that finds no lock goes
// on as ever.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>

namespace storage {

class Patience {
 public:
  using Clock = std::chrono::steady_clock;

  /// With one wait, when nobody is in a hurry.
  static constexpr std::chrono::milliseconds longest_wait{10'000};

  /// The earliest end counts. For one thread.
  void end_in(std::chrono::milliseconds time) { ends_at_ = std::min(ends_at_.load(), Clock::now() + time); }
  /// Nobody waits any longer, for whatever it is.
  bool is_over() const { return Clock::now() >= ends_at_.load(); }
  bool is_over(Clock::time_point wait_began) const {
    const Clock::time_point now = Clock::now();
    return now >= ends_at_.load() || now - wait_began >= longest_wait;
  }

 private:
  std::atomic<Clock::time_point> ends_at_ = Clock::time_point::max();
};

}  // namespace storage
