#include "crawler/host.h"

#include <algorithm>

#include "crawler/async/event_loop.h"
#include "crawler/schedule.h"

namespace crawler {
namespace {

using async::TimePoint;
using std::chrono_literals::operator""s;

// As long as the resolver keeps it: who asks before gets the same.
constexpr auto kFailedLookUpStands = 5s;

}  // namespace

Host::Host(Schedule& schedule, std::string name, std::string dns_name, std::size_t turns)
    : schedule_(schedule),
      name_(std::move(name)),
      dns_name_(std::move(dns_name)),
      turns_(turns),
      pace_(turns) {}

Host::Urls Host::take(TimePoint now) {
  ++in_flight_;
  const bool is_due_again = !again_.empty() && (again_.begin()->first <= now || fresh_.empty());
  if (is_due_again) return std::move(again_.extract(again_.begin()).mapped());
  Urls url;
  url.emplace_back(std::move(fresh_.front().url)).waits_since = fresh_.front().put_at;
  fresh_.pop_front();
  return url;
}

Host::Urls Host::take_all_again() {
  Urls all;
  for (auto& [when, url] : again_) all.splice(all.end(), url);
  again_.clear();
  return all;
}

std::optional<TimePoint> Host::ready_at(TimePoint now, std::size_t unanswered_share) const {
  if (!has_urls()) return std::nullopt;
  if (breaker_.is_open(now)) return now;
  const TimePoint due = fresh_.empty() ? again_.begin()->first : now;
  // What waits for another look-up has its time; what is new ends at once.
  if (!look_up_) return due;
  if (in_flight_ >= limit(now, unanswered_share)) return std::nullopt;
  return std::max(due, pace_.paused_until());
}

/// A host that swallows packets, or that never answers, must not take every turn before others have had one.
std::size_t Host::limit(TimePoint now, std::size_t unanswered_share) const {
  if (breaker_.is_probing(now)) return 1;
  if (!has_connected_) return std::clamp(turns_ / 8, std::size_t{1}, std::size_t{16});
  return has_answered_ ? pace_.limit() : std::min(pace_.limit(), unanswered_share);
}

void Host::wake_at(TimePoint when) { schedule_.loop().timers().arm(*this, when); }

void Host::fire() noexcept { schedule_.refresh(*this); }

void Host::look_up(http::Resolver& resolver) {
  if (!is_asking()) resolver.ask(dns_name_, *this);
}

void Host::take_look_up(const http::LookUp& found, async::Duration) noexcept {
  look_up_ = found;
  look_up_ends_ = found ? (*found)->valid_until : schedule_.loop().now() + kFailedLookUpStands;
  schedule_.refresh(*this);
}

std::optional<PageError> Host::obstacle(TimePoint now) const {
  if (breaker_.is_open(now)) return PageError::connect;
  if (!look_up_) return PageError::dns;
  return std::nullopt;
}

bool Host::has_silent_resolver() const {
  return !look_up_ && look_up_.error() == http::LookUpError::no_answer;
}

void Host::note_connected() noexcept {
  if (std::exchange(has_connected_, true)) return;
  schedule_.refresh(*this);
}

void Host::note_answer(TimePoint began) {
  has_connected_ = has_answered_ = true;
  breaker_.note_answer();
  pace_.note_answer(began);
}

void Host::note_refusal(TimePoint now, TimePoint began, std::optional<std::chrono::seconds> retry_after,
                        std::uint64_t random) {
  has_connected_ = has_answered_ = true;
  breaker_.note_answer();
  pace_.note_refusal(now, began, in_flight_, retry_after, random);
}

}  // namespace crawler
