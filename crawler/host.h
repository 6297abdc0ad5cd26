// One host: the URLs that wait for it, and what is known of how it may be asked.
//
//   host.put(std::move(url), now);
//   if (host.ready_at(now, share) <= now) {
//     Host::Urls url = host.take(now);           // one; in flight until host.end_turn()
//     if (const auto error = host.obstacle(url.front().final_url(), now)) …
//   }
//
// Contract: loop thread only; a part of its Schedule, which it tells of what changes by itself: a name was
// looked up, a first connection stands, a pause is over. A URL is handed on as a list of one, so that it is
// not moved.
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
#include "crawler/http/addresses.h"
#include "crawler/http/request.h"
#include "crawler/http/resolver.h"
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

  /// By scheme: http, https. They share a host's pace, but neither its port nor its proxy.
  template <class T>
  using BySchemes = std::array<T, 2>;

  /// `dns_name`: what is to be looked up, for the schemes that need it. `turns`: how many all hosts together
  /// may have at once.
  Host(Schedule& schedule, std::string name, std::string dns_name, BySchemes<bool> needs_look_up,
       std::size_t turns);
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// The list of its Schedule that it stands in.
  async::LinkedList<Host>* list = nullptr;

  const std::string& name() const { return name_; }
  bool has_urls() const { return !fresh_.empty() || !again_.empty(); }
  std::size_t in_flight() const { return in_flight_; }

  void put(parse::Url url, async::TimePoint now) { fresh_.emplace_back(std::move(url), now); }
  void put_back(Urls url, async::TimePoint not_before) { again_.emplace(not_before, std::move(url)); }
  /// What is due again goes before what is new. Asked only when ready.
  Urls take(async::TimePoint now);
  /// All that were put back.
  Urls take_all_again();
  void end_turn() { --in_flight_; }

  /// When the next URL may have its turn, by what is known; nothing if something has to happen before.
  /// `unanswered_share`: how many turns the host may have until its first answer.
  std::optional<async::TimePoint> ready_at(async::TimePoint now, std::size_t unanswered_share) const;
  void wake_at(async::TimePoint when);

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
  bool may_begin() const;
  bool goes_again(async::TimePoint now) const;
  const parse::Url& next_url(async::TimePoint now) const;
  std::size_t limit(const Breaker& breaker, async::TimePoint now, std::size_t unanswered_share) const;

  Schedule& schedule_;
  std::string name_;
  struct Fresh {
    parse::Url url;
    async::TimePoint put_at;
  };
  std::list<Fresh> fresh_;
  std::multimap<async::TimePoint, Urls> again_;  // by when each is due
  std::size_t in_flight_ = 0;

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
