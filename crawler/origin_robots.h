// What the robots.txt of an origin (a scheme, a host, a port) says about its pages.
//
//   const storage::RobotsRow row = robots_row(answer, now);       // the answer for /robots.txt, to be kept
//   if (is_current(row, now)) …                                   // also one that an earlier run has kept
//   const OriginRobots robots = read_robots(row, "crawl");
//   if (!robots.allows(url)) …                                    // robots.is_unreachable says which way
//
// An answer of 2xx has the rules. There are none, and all is allowed, where the answer is 4xx, leads on for
// more than five hops, in a circle, or to no URL. Nothing is allowed where it is 5xx or 429, or did not come
// whole: also when it is larger than any body may be. The first holds for a day, the last for ten minutes.
//
// Contract: pure; times in seconds since 1970. The row of an origin whose name leads nowhere is never
// current: how long that stands is its look-up's to say.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html#section-2.3.1 and 2.4
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "crawler/answer.h"
#include "parse/robots_rules.h"
#include "parse/url.h"
#include "storage/rows.h"

namespace crawler {

struct OriginRobots {
  bool is_unreachable = false;  // nothing is allowed for now
  parse::RobotsRules rules;

  bool allows(const parse::Url& url) const { return !is_unreachable && rules.allows(url); }
};

/// Of an answer that was not cancelled.
storage::RobotsRow robots_row(const Answer& answer, std::int64_t now);

OriginRobots read_robots(const storage::RobotsRow& row, std::string_view product_token);

/// How much longer the row counts; nothing where it no longer does, or comes from the future.
std::chrono::seconds time_left(const storage::RobotsRow& row, std::int64_t now);
inline bool is_current(const storage::RobotsRow& row, std::int64_t now) {
  return time_left(row, now) > std::chrono::seconds(0);
}

}  // namespace crawler
