#include "crawler/robots_gate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "crawler/origin_robots.h"
#include "crawler/schedule.h"
#include "crawler/wall_clock.h"

namespace crawler {
namespace {

using async::Task;
using async::TimePoint;

// What judges for longer lets others have the loop first.
constexpr std::chrono::milliseconds kSlice{1};
// For how long a row counts that is too old, or too new by a clock that was set back: until what waited for
// it has been judged by it, so that nobody asks in a circle.
constexpr std::chrono::seconds kLeastKept{60};

constexpr std::string_view kSchemes[] = {"http://", "https://"};

std::size_t scheme_of(std::string_view origin) { return origin.starts_with(kSchemes[1]) ? 1 : 0; }

std::string name_of(std::string_view origin) {
  return std::string(origin.substr(kSchemes[scheme_of(origin)].size()));
}

std::string origin_of(const Host& host, std::size_t scheme) {
  return std::string(kSchemes[scheme]) + host.name();
}

std::chrono::milliseconds crawl_delay_of(const OriginRobots& robots) {
  return robots.rules.crawl_delay().value_or(std::chrono::milliseconds::zero());
}

}  // namespace

bool RobotsGate::judges(const parse::Url& url, const std::optional<Claim>& claim, Purpose purpose) const {
  if (politeness_.robots == Robots::ignore || purpose == Purpose::robots) return false;
  if (purpose == Purpose::sitemap) return claim && claim->referrer != url.origin() + "/robots.txt";
  return politeness_.robots == Robots::obey || (claim && !claim->is_listed);
}

bool RobotsGate::holds(const parse::Url& url, const std::optional<Claim>& claim, Purpose purpose) const {
  return judges(url, claim, purpose) || (politeness_.takes_sitemaps && purpose == Purpose::page);
}

void RobotsGate::take(Host& host, Host::Fresh url) {
  const std::size_t scheme = Host::scheme_of(url.url);
  Host::Unjudged& unjudged = host.unjudged(scheme);
  if (unjudged.is_empty()) line_up(host, scheme);
  unjudged.fresh.push_back(std::move(url));
}

void RobotsGate::take(Host& host, Host::Urls url, TimePoint not_before) {
  const std::size_t scheme = Host::scheme_of(url.front().final_url());
  Host::Unjudged& unjudged = host.unjudged(scheme);
  if (unjudged.is_empty()) line_up(host, scheme);
  unjudged.again.emplace(not_before, std::move(url));
}

Task<std::vector<std::string>> RobotsGate::wanted() {
  while (wanted_.empty()) co_await wanted_changed_.wait("an origin whose robots.txt is wanted");
  co_return std::exchange(wanted_, {});
}

void RobotsGate::set(const storage::RobotsRow& row) {
  const std::size_t scheme = scheme_of(row.origin);
  OriginRobots robots = read_robots(row, politeness_.product_token);
  Host* const host = schedule_.find_host(name_of(row.origin));
  if (host != nullptr && row.status == 0 && host->led_nowhere(scheme)) {
    // Nobody was asked, and what waits ends the same way.
    end_nameless(*host, host->unjudged(scheme));
    schedule_.refresh(*host);
  } else {
    if (host != nullptr && !robots.is_unreachable) host->set_crawl_delay(scheme, crawl_delay_of(robots));
    const std::chrono::seconds kept = std::max(time_left(row, now_in_seconds()), kLeastKept);
    cache_.put(row.origin, std::move(robots), schedule_.loop().now() + kept);
    // First, so that it is judged by before the cache can drop it.
    to_judge_.push_front(row.origin);
  }
  if (host != nullptr && host->asks_robots_of == scheme) {
    host->asks_robots_of.reset();
    if (!host->unjudged(1 - scheme).is_empty()) line_up(*host, 1 - scheme);
  }
  judge();
}

void RobotsGate::tell_crawl_delays(Host& host) {
  if (cache_.is_empty()) return;
  for (std::size_t scheme = 0; scheme < std::size(kSchemes); ++scheme) {
    const OriginRobots* robots = cache_.find(origin_of(host, scheme), schedule_.loop().now());
    if (robots != nullptr) host.set_crawl_delay(scheme, crawl_delay_of(*robots));
  }
}

void RobotsGate::line_up(const Host& host, std::size_t scheme) {
  to_judge_.push_back(origin_of(host, scheme));
  if (!is_armed()) schedule_.loop().timers().arm(*this, schedule_.loop().now());
}

void RobotsGate::judge() {
  const TimePoint slice_ends = schedule_.loop().now() + kSlice;
  while (!to_judge_.empty()) {
    std::string origin = std::move(to_judge_.front());
    to_judge_.pop_front();
    const bool is_done = judge_origin(origin, slice_ends);
    if (!is_done) to_judge_.push_back(std::move(origin));
    if (schedule_.loop().now() >= slice_ends) break;
  }
  if (!to_judge_.empty()) schedule_.loop().timers().arm(*this, slice_ends);
}

/// Whether it is done with those that wait.
bool RobotsGate::judge_origin(const std::string& origin, TimePoint slice_ends) {
  Host* const host = schedule_.find_host(name_of(origin));
  if (host == nullptr) return true;
  const std::size_t scheme = scheme_of(origin);
  Host::Unjudged& unjudged = host->unjudged(scheme);
  const TimePoint now = schedule_.loop().now();
  if (host->leads_nowhere(scheme, now)) {
    end_nameless(*host, unjudged);
  } else if (const OriginRobots* robots = cache_.find(origin, now)) {
    while (!unjudged.is_empty()) {
      pass_next(*host, unjudged, *robots);
      if (schedule_.loop().now() >= slice_ends) break;
    }
  } else if (!unjudged.is_empty()) {
    want(*host, scheme, origin);
    return true;
  }
  schedule_.refresh(*host);
  return unjudged.is_empty();
}

void RobotsGate::pass_next(Host& host, Host::Unjudged& unjudged, const OriginRobots& robots) {
  const Obstacle forbidden{.error = PageError::robots, .is_robots_unreachable = robots.is_unreachable};
  if (!unjudged.again.empty()) {
    auto next = unjudged.again.extract(unjudged.again.begin());
    const Answer& answer = next.mapped().front();
    const parse::Url& url = answer.final_url();
    if (!judges(url, answer.claim, answer.purpose) || robots.allows(url))
      host.put_back(std::move(next.mapped()), next.key());
    else
      host.end(std::move(next.mapped()), forbidden);
    return;
  }
  Host::Fresh next = std::move(unjudged.fresh.front());
  unjudged.fresh.pop_front();
  if (!judges(next.url, next.claim, next.purpose) || robots.allows(next.url))
    host.put(std::move(next));
  else
    host.end(std::move(next), forbidden);
}

void RobotsGate::end_nameless(Host& host, Host::Unjudged& unjudged) {
  const Obstacle nameless{.error = PageError::dns, .may_pass = host.has_silent_resolver()};
  for (auto& [not_before, url] : unjudged.again) host.end(std::move(url), nameless);
  for (Host::Fresh& url : unjudged.fresh) host.end(std::move(url), nameless);
  unjudged.again.clear();
  unjudged.fresh.clear();
}

void RobotsGate::want(Host& host, std::size_t scheme, const std::string& origin) {
  if (host.asks_robots_of) return;  // set() lines this one up
  host.asks_robots_of = scheme;
  wanted_.push_back(origin);
  wanted_changed_.wake_one();
}

}  // namespace crawler
