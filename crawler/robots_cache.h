// What is known of the robots.txt of many origins, within a bound of memory.
//
//   cache.put("https://example.com", read_robots(row, "crawl"), now + 24h);
//   if (const OriginRobots* robots = cache.find("https://example.com", now)) robots->allows(url);
//   else ask_for_it();
//
// Contract: loop thread only. Over the bound those go first that were not looked for the longest, but never
// the one put last. What find() gives stands until the next put() or find(). An entry ends at its time.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crawler/async/clock.h"
#include "crawler/origin_robots.h"

namespace crawler {

class RobotsCache {
 public:
  /// Ten thousand hosts with 500 KB of rules each would take some gigabytes.
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

  explicit RobotsCache(std::size_t max_bytes = kMostBytes) : max_bytes_(max_bytes) {}

  /// Null: not known, or not any more.
  const OriginRobots* find(std::string_view origin, async::TimePoint now);
  void put(std::string origin, OriginRobots robots, async::TimePoint expires);
  std::size_t bytes() const { return bytes_; }
  bool is_empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::string origin;
    OriginRobots robots;
    async::TimePoint expires;

    std::size_t bytes() const;
  };
  using Entries = std::list<Entry>;

  void drop(Entries::iterator entry);

  const std::size_t max_bytes_;
  Entries entries_;  // the one looked for last comes first
  std::unordered_map<std::string_view, Entries::iterator> by_origin_;
  std::size_t bytes_ = 0;
};

}  // namespace crawler
