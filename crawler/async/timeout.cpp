#include "crawler/async/timeout.h"

namespace crawler::async {

Timeout::Timeout(TaskState& task, std::optional<Duration> after)
    : task_(task), cancelling_before_(task.cancelling()) {
  if (after) reschedule(task.loop().time_after(*after));
}

void Timeout::reschedule(std::optional<TimePoint> when) {
  if (has_ended_ || has_expired_) throw std::logic_error("the timeout has ended");
  when_ = when;
  if (when)
    task_.loop().timers().arm(*this, *when);
  else
    task_.loop().timers().disarm(*this);
}

void Timeout::fire() noexcept {
  has_expired_ = true;
  task_.cancel();
}

void Timeout::end() {
  has_ended_ = true;
  task_.loop().timers().disarm(*this);
  if (has_expired_) task_.uncancel();
}

bool Timeout::takes_cancellation() {
  has_ended_ = true;
  task_.loop().timers().disarm(*this);
  return has_expired_ && task_.uncancel() <= cancelling_before_;
}

}  // namespace crawler::async
