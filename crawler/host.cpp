#include "crawler/host.h"

#include <algorithm>

#include "crawler/async/event_loop.h"
#include "crawler/host_name.h"
#include "crawler/schedule.h"

namespace crawler {

using async::TimePoint;

bool Host::Unjudged::is_on_listed_host() const {
  if (!fresh.empty()) return !fresh.front().claim || fresh.front().claim->is_on_listed_host;
  if (again.empty()) return false;
  const Answer& answer = again.begin()->second.front();
  return answer.is_on_listed_host && host_name(answer.final_url()) == host_name(answer.url);
}

bool Host::Unjudged::is_on_listed_origin() const {
  if (!fresh.empty()) return !fresh.front().claim || fresh.front().claim->is_on_listed_origin;
  if (again.empty()) return false;
  const Answer& answer = again.begin()->second.front();
  return answer.is_on_listed_origin && answer.final_url().origin() == answer.url.origin();
}

Host::Host(Schedule& schedule, std::string name, std::string dns_name, BySchemes<bool> needs_look_up,
           std::size_t turns, TimePoint last_asked)
    : schedule_(schedule),
      name_(std::move(name)),
      last_asked_(last_asked),
      dns_name_(std::move(dns_name)),
      needs_look_up_(needs_look_up),
      turns_(turns),
      pace_(turns) {}

bool Host::may_begin() const { return !fresh_.empty() && !schedule_.holds_back(*this); }

bool Host::goes_again(TimePoint now) const {
  return !again_.empty() && (again_.begin()->first <= now || !may_begin());
}

const parse::Url& Host::next_url(TimePoint now) const {
  return goes_again(now) ? again_.begin()->second.front().final_url() : fresh_.front().url;
}

Host::Urls Host::take(TimePoint now) {
  ++in_flight_;
  if (goes_again(now)) return std::move(again_.extract(again_.begin()).mapped());
  Urls url = begin(std::move(fresh_.front()));
  fresh_.pop_front();
  return url;
}

Host::Urls Host::begin(Fresh url) {
  Urls begun;
  begun.emplace_back(std::move(url.url), std::move(url.claim), url.purpose).waits_since = url.put_at;
  return begun;
}

Host::Ended Host::take_ended() {
  Ended ended = std::move(ended_.front());
  ended_.pop_front();
  return ended;
}

Host::Urls Host::take_begun() {
  Urls all;
  for (auto* line : {&again_, &unjudged_[0].again, &unjudged_[1].again}) {
    for (auto& [when, url] : *line) all.splice(all.end(), url);
    line->clear();
  }
  for (Ended& ended : ended_) all.splice(all.end(), ended.url);
  ended_.clear();
  std::erase_if(all, [](const Answer& answer) { return !answer.has_begun(); });
  return all;
}

std::list<Host::Fresh> Host::take_claimed() {
  std::list<Fresh> taken;
  for (std::list<Fresh>* line : {&fresh_, &unjudged_[0].fresh, &unjudged_[1].fresh}) {
    bool has_left_one = false;
    for (auto next = line->begin(); next != line->end();) {
      const auto url = next++;
      if (url->claim && std::exchange(has_left_one, true)) taken.splice(taken.end(), *line, url);
    }
  }
  return taken;
}

std::optional<TimePoint> Host::ready_at(TimePoint now, std::size_t unanswered_share) const {
  if (!ended_.empty()) return now;
  if (again_.empty() && !may_begin()) return std::nullopt;
  const parse::Url& url = next_url(now);
  const Breaker& breaker = breakers_[scheme_of(url)];
  if (breaker.is_open(now)) return now;
  const TimePoint due = may_begin() ? now : again_.begin()->first;
  // What waits for another look-up has its time; what is new ends at once.
  if (obstacle(url, now)) return due;
  if (in_flight_ >= limit(breaker, now, unanswered_share)) return std::nullopt;
  if (!has_delay()) return std::max(due, pace_.paused_until());
  return std::max({due, pace_.paused_until(), last_asked_ + delay()});
}

std::size_t Host::limit(const Breaker& breaker, TimePoint now, std::size_t unanswered_share) const {
  if (has_delay()) return 1;
  const std::size_t earned = earned_limit(breaker, now, unanswered_share);
  const std::size_t per_host = schedule_.politeness_.per_host;
  return per_host == 0 ? earned : std::min(earned, per_host);
}

/// A host that swallows packets, or that never answers, must not take every turn before others have had one.
std::size_t Host::earned_limit(const Breaker& breaker, TimePoint now, std::size_t unanswered_share) const {
  if (breaker.is_probing(now)) return 1;
  if (!has_connected_) return std::clamp(turns_ / 8, std::size_t{1}, std::size_t{16});
  return has_answered_ ? pace_.limit() : std::min(pace_.limit(), unanswered_share);
}

std::chrono::milliseconds Host::delay() const {
  return std::max({schedule_.politeness_.delay, crawl_delays_[0], crawl_delays_[1]});
}

TimePoint Host::rests_until(TimePoint now) const {
  if (!has_delay()) return pace_.paused_until();
  return std::max(pace_.paused_until(), (in_flight_ > 0 ? now : last_asked_) + delay());
}

void Host::wake_at(TimePoint when) { schedule_.loop().timers().arm(*this, when); }

void Host::fire() noexcept { schedule_.refresh(*this); }

bool Host::needs_look_up(TimePoint now) const {
  return now >= look_up_ends_ && has_requests() && ended_.empty() && !dns_name_.empty() &&
         needs_look_up_[scheme_of(next_url(now))];
}

void Host::look_up(http::Resolver& resolver) {
  if (!is_asking()) resolver.ask(dns_name_, *this);
}

void Host::take_look_up(const http::LookUp& found, async::Duration took) noexcept {
  look_up_took_ = took;
  look_up_ends_ = found ? (*found)->valid_until : schedule_.loop().now() + http::kNoAnswerKept;
  // While nobody answers, the addresses known so far go on to stand: RFC 8767.
  const bool keeps_addresses =
      !found && found.error() == http::LookUpError::no_answer && addresses() != nullptr;
  if (!keeps_addresses) look_up_ = found;
  schedule_.refresh(*this);
}

std::optional<PageError> Host::obstacle(const parse::Url& url, TimePoint now) const {
  if (breakers_[scheme_of(url)].is_open(now)) return PageError::connect;
  if (led_nowhere(scheme_of(url))) return PageError::dns;
  return std::nullopt;
}

bool Host::has_silent_resolver() const {
  return !look_up_ && look_up_.error() == http::LookUpError::no_answer;
}

void Host::note_connected() noexcept {
  if (std::exchange(has_connected_, true)) return;
  schedule_.refresh(*this);
}

void Host::note_answer(const parse::Url& url, TimePoint began) {
  has_connected_ = has_answered_ = true;
  breakers_[scheme_of(url)].note_answer();
  pace_.note_answer(began);
}

void Host::note_refusal(const parse::Url& url, TimePoint now, TimePoint began,
                        std::optional<std::chrono::seconds> retry_after, std::uint64_t random) {
  has_connected_ = has_answered_ = true;
  breakers_[scheme_of(url)].note_answer();
  pace_.note_refusal(now, began, in_flight_, retry_after, random);
}

void Host::note_no_connection(const parse::Url& url, TimePoint now) {
  breakers_[scheme_of(url)].note_failure(now);
}

}  // namespace crawler
