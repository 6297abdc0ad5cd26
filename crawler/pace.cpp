#include "crawler/pace.h"

#include <algorithm>

#include "crawler/retry.h"

namespace crawler {

void Pace::note_answer(async::TimePoint began) {
  if (began <= slowed_at_) return;
  pauses_in_vain_ = 0;
  limit_ += limit_ < slow_start_ends_ ? 1 : 1 / limit_;
  limit_ = std::min(limit_, static_cast<double>(most_));
}

void Pace::note_refusal(async::TimePoint now, async::TimePoint began, std::size_t in_flight,
                        std::optional<std::chrono::seconds> retry_after, std::uint64_t random) {
  const bool is_too_long = retry_after && *retry_after > kLongestWait;
  if (is_too_long) pauses_in_vain_ = kPauses + 1;  // those of its wave that follow are not waited for either
  if (began > slowed_at_) {
    slow_start_ends_ = std::max(1.0, static_cast<double>(in_flight) / 2);
    limit_ = 1;
    slowed_at_ = now;
    ++pauses_in_vain_;
    if (is_waited_for() && !retry_after)
      paused_until_ = std::max(paused_until_, now + backoff(pauses_in_vain_, random));
  }
  if (is_waited_for() && retry_after) paused_until_ = std::max(paused_until_, now + *retry_after);
}

}  // namespace crawler
