#include "crawler/schedule.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

#include "crawler/host_name.h"
#include "crawler/http/origin.h"

namespace crawler {
namespace {

using async::TimePoint;

/// About what it takes while it waits.
std::size_t size_of(const parse::Url& url, const std::optional<Claim>& claim) {
  return 128 + url.href().size() + (claim ? sizeof *claim + claim->referrer.size() : 0);
}

/// The same as before its credentials were taken out of it.
std::size_t size_of(const Answer& answer) {
  const std::size_t credentials = answer.credentials.empty() ? 0 : answer.credentials.size() + 1;
  return size_of(answer.url, answer.claim) + credentials;
}

/// What it has behind it: a hostile host makes the chains of redirects long.
std::size_t history_of(const Answer& answer) {
  std::size_t bytes = answer.redirected_to ? answer.redirected_to->href().size() : 0;
  for (const std::string& hop : answer.hops) bytes += hop.size();
  for (const storage::FetchRow& fetch : answer.fetches) bytes += sizeof fetch + fetch.url.size();
  return bytes;
}

}  // namespace

Schedule::Schedule(http::HttpClient& client, const Bounds& bounds, Politeness politeness)
    : client_(client),
      bounds_(bounds),
      politeness_(std::move(politeness)),
      loop_(async::EventLoop::current()),
      gate_(*this, politeness_),
      forgotten_until_(politeness_.is_resumed ? loop_.now() : TimePoint::min()) {}

Schedule::~Schedule() = default;

async::Task<> Schedule::wait_for_room() {
  if (!is_full()) co_return;
  // Whoever waits meanwhile is all there is: they may share every turn among them.
  is_held_up_ = true;
  refresh_all();
  while (is_full()) co_await room_.wait("room for another URL");
  is_held_up_ = false;
}

void Schedule::put(parse::Url url, std::optional<Claim> claim, Purpose purpose) {
  Host& host = host_of(url);
  ++urls_;
  bytes_ += size_of(url, claim);
  Host::Fresh fresh(std::move(url), loop_.now(), std::move(claim), purpose);
  if (gate_.holds(fresh.url, fresh.claim, purpose))
    gate_.take(host, std::move(fresh));
  else
    host.put(std::move(fresh));
  refresh(host);
}

void Schedule::close() {
  is_closed_ = true;
  refresh_all();
  changed_.wake_one();
}

async::Task<std::optional<Turn>> Schedule::next() {
  for (;;) {
    while (Host* host = least_busy()) {
      if (!host->rests(loop_.now())) co_return take_turn(*host);
      refresh(*host);
    }
    if (is_closed_ && urls_ == 0) co_return std::nullopt;
    co_await changed_.wait("a URL that can go on");
  }
}

void Schedule::put_back(Turn turn, TimePoint not_before) {
  turn.end_transfer();
  turn.schedule_ = nullptr;
  Answer& answer = turn.answer();
  answer.waits_since = std::max(not_before, loop_.now());
  hold(answer);
  Host& host = host_of(answer.final_url());
  if (gate_.holds(answer.final_url(), answer.claim, answer.purpose))
    gate_.take(host, std::move(turn.url_), not_before);
  else
    host.put_back(std::move(turn.url_), not_before);
  refresh(host);
}

void Schedule::fetch_robots(const std::string& origin) {
  auto url = parse::Url::parse(origin + "/robots.txt");
  if (!url) return;
  Host& host = host_of(*url);
  ++urls_;
  bytes_ += size_of(*url, std::nullopt);
  Host::Urls urls;
  Answer& answer = urls.emplace_back(*std::move(url), std::nullopt, Purpose::robots);
  answer.waits_since = loop_.now();
  // It may reach no more than those that wait for it.
  answer.is_on_listed_host = host.unjudged(Host::scheme_of(answer.url)).is_on_listed_host();
  answer.is_on_listed_origin = host.unjudged(Host::scheme_of(answer.url)).is_on_listed_origin();
  host.put_back(std::move(urls), TimePoint::min());  // due before all that waits
  refresh(host);
}

async::Task<> Schedule::wait_for_need(std::size_t urls) {
  needed_below_ = urls;
  while (urls_ >= urls || !has_room_for_bytes()) co_await need_.wait("fewer URLs");
  needed_below_ = 0;
}

std::vector<Claim> Schedule::give_back(std::chrono::milliseconds beyond) {
  std::vector<Claim> claims;
  const TimePoint now = loop_.now();
  for (auto& [name, host] : hosts_) {
    if (!host->has_urls() || host->rests_until(now) <= now + beyond) continue;
    for (const Host::Fresh& url : host->take_claimed()) {
      claims.push_back(*url.claim);
      end_url(size_of(url.url, url.claim));
    }
  }
  return claims;
}

std::list<Answer> Schedule::take_begun() {
  std::list<Answer> begun;
  for (auto& [name, host] : hosts_) begun.splice(begun.end(), host->take_begun());
  return begun;
}

Host& Schedule::host_of(const parse::Url& url) {
  std::string name = host_name(url);
  std::unique_ptr<Host>& host = hosts_[name];
  if (!host) {
    const bool is_name = !http::origin_of(url.href()).is_address();
    host = std::make_unique<Host>(*this, std::move(name), std::string(is_name ? url.host() : ""),
                                  Host::BySchemes<bool>{client_.needs_look_up(false, url.host()),
                                                        client_.needs_look_up(true, url.host())},
                                  bounds_.turns, forgotten_until_);
    gate_.tell_crawl_delays(*host);
  }
  return *host;
}

Host* Schedule::find_host(const std::string& name) const {
  const auto known = hosts_.find(name);
  return known == hosts_.end() ? nullptr : known->second.get();
}

Host* Schedule::least_busy() const {
  for (const auto& list : ready_)
    if (!list.is_empty()) return list.first();
  return nullptr;
}

Turn Schedule::take_turn(Host& host) {
  if (host.has_ended()) {
    Host::Ended ended = host.take_ended();
    const Answer& answer = ended.url.front();
    const std::size_t bytes = size_of(answer);
    if (answer.has_begun()) let_go(answer);
    refresh(host);
    return {*this, std::move(ended.url), bytes, ended.obstacle};
  }
  std::list<Answer> url = host.take(loop_.now());
  const std::size_t bytes = size_of(url.front());
  if (url.front().has_begun()) let_go(url.front());
  Turn turn(*this, host, std::move(url), bytes);
  refresh(host);
  return turn;
}

void Schedule::end_turn(Host& host, bool was_request) {
  host.end_turn(loop_.now(), was_request);
  refresh(host);
}

void Schedule::end_url(std::size_t bytes) {
  --urls_;
  bytes_ -= bytes;
  if (is_held_up_ && urls_ <= bounds_.urls / 4 * 3 && has_room_for_bytes()) room_.wake_one();
  if (urls_ < needed_below_ && has_room_for_bytes()) need_.wake_one();
  if (is_closed_ && urls_ == 0) changed_.wake_one();
}

void Schedule::hold(const Answer& answer) {
  const std::size_t bytes = history_of(answer);
  const std::string host = host_name(answer.url);
  history_bytes_ += bytes;
  history_by_host_[host] += bytes;
  if (holds_too_much_) {
    refresh_named(host);
  } else if (history_bytes_ >= bounds_.bytes) {
    holds_too_much_ = true;
    refresh_all();
  }
}

void Schedule::let_go(const Answer& answer) {
  const std::size_t bytes = history_of(answer);
  const std::string host = host_name(answer.url);
  const auto of_host = history_by_host_.find(host);
  history_bytes_ -= bytes;
  of_host->second -= bytes;
  if (of_host->second == 0) history_by_host_.erase(of_host);
  if (!holds_too_much_) return;
  if (history_bytes_ <= bounds_.bytes / 2) {
    holds_too_much_ = false;
    refresh_all();
  } else {
    refresh_named(host);
  }
}

void Schedule::refresh_named(const std::string& host) {
  if (Host* const known = find_host(host); known != nullptr && known->has_urls()) refresh(*known);
}

void Schedule::refresh(Host& host) {
  delist(host);
  const TimePoint now = loop_.now();
  if (!host.has_urls()) {
    if (host.in_flight() == 0) retire(host);
    return;
  }
  if (host.needs_look_up(now)) {
    host.look_up(client_.resolver());
    return;
  }
  const std::size_t unanswered_share = is_closed_ || is_held_up_ ? bounds_.turns : (bounds_.turns + 1) / 2;
  const std::optional<TimePoint> when = host.ready_at(now, unanswered_share);
  if (!when) return;
  if (*when > now) {
    host.wake_at(*when);
    return;
  }
  enlist(host, ready_[static_cast<std::size_t>(std::bit_width(host.in_flight()))]);
  changed_.wake_one();
}

void Schedule::refresh_all() {
  for (auto& [name, host] : hosts_)
    if (host->has_urls()) refresh(*host);
}

/// What is known of a host outlives its URLs for a while: there may be more of them.
void Schedule::retire(Host& host) {
  enlist(host, idle_);
  if (++idle_hosts_ <= kIdleHosts) return;
  Host& oldest = *idle_.first();
  forgotten_until_ = std::max(forgotten_until_, oldest.last_asked());
  delist(oldest);
  hosts_.erase(hosts_.find(oldest.name()));
}

void Schedule::enlist(Host& host, async::LinkedList<Host>& list) {
  list.append(host);
  host.list = &list;
}

void Schedule::delist(Host& host) {
  if (host.list == nullptr) return;
  if (host.list == &idle_) --idle_hosts_;
  std::exchange(host.list, nullptr)->remove(host);
}

}  // namespace crawler
