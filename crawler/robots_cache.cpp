#include "crawler/robots_cache.h"

#include <utility>

namespace crawler {

std::size_t RobotsCache::Entry::bytes() const {
  constexpr std::size_t kPlaceInIndex = 64;
  return sizeof *this + kPlaceInIndex + origin.size() + robots.rules.bytes();
}

const OriginRobots* RobotsCache::find(std::string_view origin, async::TimePoint now) {
  const auto known = by_origin_.find(origin);
  if (known == by_origin_.end()) return nullptr;
  const Entries::iterator entry = known->second;
  if (now >= entry->expires) {
    drop(entry);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return &entry->robots;
}

void RobotsCache::put(std::string origin, OriginRobots robots, async::TimePoint expires) {
  if (const auto known = by_origin_.find(origin); known != by_origin_.end()) drop(known->second);
  const Entry& added = entries_.emplace_front(std::move(origin), std::move(robots), expires);
  by_origin_.emplace(added.origin, entries_.begin());
  bytes_ += added.bytes();
  while (bytes_ > max_bytes_ && entries_.size() > 1) drop(std::prev(entries_.end()));
}

void RobotsCache::drop(Entries::iterator entry) {
  bytes_ -= entry->bytes();
  by_origin_.erase(entry->origin);
  entries_.erase(entry);
}

}  // namespace crawler
