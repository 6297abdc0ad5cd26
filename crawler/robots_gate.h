// What stands before a host's line: URLs pass when the robots.txt of their origin allows them.
//
//   if (gate.holds(url, claim, purpose)) gate.take(host, std::move(url));   // it goes on, or ends, by itself
//
//   for (const std::string& origin : co_await gate.wanted())           // who looks after what is not known:
//     …set(row), of the database, or of the answer for <origin>/robots.txt
//
// A URL waits in its host, unjudged, until the rules are known: then it goes where its host's URLs wait, or
// ends. What is not known, or too old, or was dropped for want of memory, is wanted: once, and of one origin
// of a host at a time. Where the name leads nowhere nothing is asked: the URL ends with that.
//
// Contract: loop thread only; a part of its Schedule. To judge is bounded by slices of time, for one URL may
// cost milliseconds where a host means ill, and 20,000 may wait. Each origin that is wanted is set, some
// time, unless the run is stopped.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html#section-2.3 and 2.4
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "crawler/answer.h"
#include "crawler/async/clock.h"
#include "crawler/async/task.h"
#include "crawler/async/timer.h"
#include "crawler/async/wait_list.h"
#include "crawler/claim.h"
#include "crawler/host.h"
#include "crawler/politeness.h"
#include "crawler/robots_cache.h"
#include "storage/rows.h"

namespace crawler {

class Schedule;

class RobotsGate final : private async::Timer {
 public:
  RobotsGate(Schedule& schedule, const Politeness& politeness)
      : schedule_(schedule), politeness_(politeness) {}

  /// Whether such a URL waits for robots.txt: to be judged, or for the sitemaps that it names.
  bool holds(const parse::Url& url, const std::optional<Claim>& claim, Purpose purpose) const;
  void take(Host& host, Host::Fresh url);
  void take(Host& host, Host::Urls url, async::TimePoint not_before);

  /// Waits for origins whose robots.txt is not known, and tells each once.
  async::Task<std::vector<std::string>> wanted();
  void set(const storage::RobotsRow& row);
  /// What is known already of a host that is met anew.
  void tell_crawl_delays(Host& host);

 private:
  void fire() noexcept override { judge(); }
  /// Whether such a URL is robots.txt's to allow. A sitemap that its own origin's robots.txt names is not.
  bool judges(const parse::Url& url, const std::optional<Claim>& claim, Purpose purpose) const;
  void line_up(const Host& host, std::size_t scheme);
  void judge();
  bool judge_origin(const std::string& origin, async::TimePoint slice_ends);
  void pass_next(Host& host, Host::Unjudged& unjudged, const OriginRobots& robots);
  void end_nameless(Host& host, Host::Unjudged& unjudged);
  void want(Host& host, std::size_t scheme, const std::string& origin);

  Schedule& schedule_;
  const Politeness& politeness_;
  RobotsCache cache_;
  std::deque<std::string> to_judge_;  // origins of which URLs have come, or whose rules have
  std::vector<std::string> wanted_;
  async::WaitList wanted_changed_;
};

}  // namespace crawler
