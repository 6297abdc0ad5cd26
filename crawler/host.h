// One host: the URLs that wait for it, and what is known of how it may be asked.
//
//   host.put(std::move(url), now);
//   if (host.ready_at(now, share) <= now) {
//     Host::Urls url = host.take(now);           // one; in flight until host.end_turn()
//     if (const auto error = host.obstacle(url.front().final_url(), now)) …
//   }
//
// Its lines: what is new, what goes again at its time, what ends without a request (first of all: it costs
// nobody a wait), and what may not be judged before robots.txt is read, which is RobotsGate's to move on.
//
// Contract: loop thread only; a part of its Schedule, which it tells of what changes by itself: a name was
// looked up, a first connection stands, a pause is over. A URL that has begun is handed on as a list of one,
// so that it is not moved.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crawler/answer.h"
#include "crawler/async/clock.h"
#include "crawler/async/linked_list.h"
#include "crawler/async/timer.h"
#include "crawler/breaker.h"
#include "crawler/claim.h"
#include "crawler/http/addresses.h"
#include "crawler/http/request.h"
#include "crawler/http/resolver.h"
#include "crawler/obstacle.h"
#include "crawler/pace.h"
#include "parse/url.h"

namespace crawler {

class Schedule;

class Host final : public async::Linked<Host>,
                   public http::ConnectWatcher,
                   private http::Resolver::Asker,
                   private async::Timer {
 public:
  using Urls = std::list<Answer>;

  /// A URL that nothing was done for yet: small, since most wait as such.
  struct Fresh {
    parse::Url url;
    async::TimePoint put_at;
    std::optional<Claim> claim;
    Purpose purpose = Purpose::page;
  };
  /// URLs of an origin that wait for its robots.txt.
  struct Unjudged {
    std::list<Fresh> fresh;
    std::multimap<async::TimePoint, Urls> again;

    bool is_empty() const { return fresh.empty() && again.empty(); }
    /// Whether the user gave a URL of the host; all that wait agree in it.
    bool is_on_listed_host() const;
    bool is_on_listed_origin() const;
  };
  /// A URL that has its turn only to be told why nobody is asked.
  struct Ended {
    Urls url;
    Obstacle obstacle;
  };

  /// By scheme: http, https. They share a host's pace, but neither its port nor its proxy, nor robots.txt.
  template <class T>
  using BySchemes = std::array<T, 2>;
  static std::size_t scheme_of(const parse::Url& url) { return url.scheme() == "https" ? 1 : 0; }

  /// `dns_name`: what is to be looked up, for the schemes that need it. `turns`: how many all hosts together
  /// may have at once. `last_asked`: when somebody may have asked it before.
  Host(Schedule& schedule, std::string name, std::string dns_name, BySchemes<bool> needs_look_up,
       std::size_t turns, async::TimePoint last_asked);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// The list of its Schedule that it stands in.
  async::LinkedList<Host>* list = nullptr;
  /// The scheme of its origin whose robots.txt is asked for: one at a time.
  std::optional<std::size_t> asks_robots_of;

  const std::string& name() const { return name_; }
  bool has_urls() const {
    return has_requests() || !ended_.empty() || !unjudged_[0].is_empty() || !unjudged_[1].is_empty();
  }
  std::size_t in_flight() const { return in_flight_; }

  void put(Fresh url) { fresh_.push_back(std::move(url)); }
  void put_back(Urls url, async::TimePoint not_before) { again_.emplace(not_before, std::move(url)); }
  void end(Fresh url, const Obstacle& obstacle) { end(begin(std::move(url)), obstacle); }
  void end(Urls url, const Obstacle& obstacle) { ended_.push_back({std::move(url), obstacle}); }
  Unjudged& unjudged(std::size_t scheme) { return unjudged_[scheme]; }

  bool has_ended() const { return !ended_.empty(); }
  /// In no flight: the host need not know when its turn is over.
  Ended take_ended();
  /// What is due again goes before what is new. Asked only when ready.
  Urls take(async::TimePoint now);
  /// All that have begun.
  Urls take_begun();
  /// All that are new and have a claim, but for the first of each line: a robots.txt that is asked for has
  /// somebody who waits for it.
  std::list<Fresh> take_claimed();
  /// `was_request`: the host was asked for something, and is owed its delay.
  void end_turn(async::TimePoint now, bool was_request) {
    --in_flight_;
    if (was_request) last_asked_ = now;
  }

  /// When the next URL may have its turn, by what is known; nothing if something has to happen before.
  /// `unanswered_share`: how many turns the host may have until its first answer.
  std::optional<async::TimePoint> ready_at(async::TimePoint now, std::size_t unanswered_share) const;
  void wake_at(async::TimePoint when);

  /// What the robots.txt of one of its origins asks for; none: zero.
  void set_crawl_delay(std::size_t scheme, std::chrono::milliseconds delay) { crawl_delays_[scheme] = delay; }
  /// When the latest request to it ended.
  async::TimePoint last_asked() const { return last_asked_; }
  /// Whether its next request has to wait for the delay: also where none was to be made, as to a host that
  /// was down until just now.
  bool rests(async::TimePoint now) const {
    return has_delay() && ended_.empty() && now < rests_until(now) && !obstacle(next_url(now), now);
  }
  /// Before then it is surely not asked.
  async::TimePoint rests_until(async::TimePoint now) const;

  bool needs_look_up(async::TimePoint now) const;
  void look_up(http::Resolver& resolver);
  /// Null: it is an address, or no name of ours.
  std::shared_ptr<const http::Addresses> addresses() const { return look_up_.value_or(nullptr); }

  /// How long the latest look-up took: told once, to the first turn after it.
  std::optional<async::Duration> take_look_up_time() { return std::exchange(look_up_took_, std::nullopt); }

  /// Why no request can be made for the URL: the host is down, or its name leads nowhere.
  std::optional<PageError> obstacle(const parse::Url& url, async::TimePoint now) const;
  /// Whether it is too soon to say that the name leads nowhere.
  bool has_silent_resolver() const;
  /// Whether its name was found to lead nowhere, and whether this stands without a new look-up.
  bool led_nowhere(std::size_t scheme) const { return !look_up_ && needs_look_up_[scheme]; }
  bool leads_nowhere(std::size_t scheme, async::TimePoint now) const {
    return led_nowhere(scheme) && now < look_up_ends_;
  }

  void note_answer(const parse::Url& url, async::TimePoint began);
  void note_refusal(const parse::Url& url, async::TimePoint now, async::TimePoint began,
                    std::optional<std::chrono::seconds> retry_after, std::uint64_t random);
  void note_no_connection(const parse::Url& url, async::TimePoint now);
  void note_connected() noexcept override;
  bool has_connected() const { return has_connected_; }
  /// Whether what it refused is worth another try.
  bool is_waited_for() const { return pace_.is_waited_for(); }

 private:
  void take_look_up(const http::LookUp& found, async::Duration took) noexcept override;
  void fire() noexcept override;
  static Urls begin(Fresh url);
  bool has_requests() const { return !fresh_.empty() || !again_.empty(); }
  std::chrono::milliseconds delay() const;
  bool has_delay() const { return delay() > std::chrono::milliseconds::zero(); }
  bool may_begin() const;
  bool goes_again(async::TimePoint now) const;
  const parse::Url& next_url(async::TimePoint now) const;
  std::size_t limit(const Breaker& breaker, async::TimePoint now, std::size_t unanswered_share) const;
  /// By what the host has answered so far.
  std::size_t earned_limit(const Breaker& breaker, async::TimePoint now, std::size_t unanswered_share) const;

  Schedule& schedule_;
  std::string name_;
  std::list<Fresh> fresh_;
  std::multimap<async::TimePoint, Urls> again_;  // by when each is due
  std::list<Ended> ended_;
  BySchemes<Unjudged> unjudged_;
  std::size_t in_flight_ = 0;
  async::TimePoint last_asked_;
  BySchemes<std::chrono::milliseconds> crawl_delays_{};

  std::string dns_name_;
  BySchemes<bool> needs_look_up_;
  http::LookUp look_up_;
  std::optional<async::Duration> look_up_took_;
  async::TimePoint look_up_ends_{};

  std::size_t turns_;
  bool has_connected_ = false;
  bool has_answered_ = false;
  BySchemes<Breaker> breakers_;
  Pace pace_;
};

}  // namespace crawler
