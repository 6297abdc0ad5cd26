#include "crawler/async/timer.h"

#include <algorithm>

namespace crawler::async {

void TimerHeap::put(std::size_t place, const Entry& entry) {
  entries_[place] = entry;
  entry.timer->place_ = place;
}

void TimerHeap::sift_up(std::size_t place, const Entry& entry) {
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (!(entry < entries_[parent])) break;
    put(place, entries_[parent]);
    place = parent;
  }
  put(place, entry);
}

void TimerHeap::sift_down(std::size_t place, const Entry& entry) {
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= entries_.size()) break;
    if (child + 1 < entries_.size() && entries_[child + 1] < entries_[child]) ++child;
    if (!(entries_[child] < entry)) break;
    put(place, entries_[child]);
    place = child;
  }
  put(place, entry);
}

void TimerHeap::arm(Timer& timer, TimePoint when) {
  disarm(timer);
  // A past time counts as the present: a timer that arms itself anew for one stays behind those due already.
  const Entry entry{.when = std::max(when, fired_until_), .order = next_order_++, .timer = &timer};
  entries_.push_back(entry);
  timer.heap_ = this;
  sift_up(entries_.size() - 1, entry);
}

void TimerHeap::disarm(Timer& timer) noexcept {
  if (timer.heap_ == nullptr) return;
  timer.heap_ = nullptr;
  const std::size_t place = timer.place_;
  const Entry last = entries_.back();
  entries_.pop_back();
  if (place == entries_.size()) return;
  // The last entry fills the gap; it may belong above or below it.
  sift_up(place, last);
  sift_down(last.timer->place_, last);
}

std::optional<TimePoint> TimerHeap::earliest() const {
  if (entries_.empty()) return std::nullopt;
  return entries_.front().when;
}

void TimerHeap::fire_due(TimePoint now) {
  fired_until_ = std::max(fired_until_, now);
  const std::uint64_t armed_before = next_order_;
  while (!entries_.empty() && entries_.front().when <= now && entries_.front().order < armed_before) {
    Timer& timer = *entries_.front().timer;
    disarm(timer);
    timer.fire();
  }
}

}  // namespace crawler::async
