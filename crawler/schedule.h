// Which URL goes next: those that wait, by host, so that no host keeps the others from their turns.
//
//   co_await schedule.wait_for_room();                              // who reads the list
//   schedule.put(url);
//
//   while (std::optional<Turn> turn = co_await schedule.next())     // who fetches: the least busy host's
//     spawn(visit(*std::move(turn)));
//   schedule.put_back(std::move(turn), not_before);                 // a redirect, or to be tried again
//
// A host is a name and a port; http and https at their own ports are one. It may have all the turns there
// are, but: a few until its first connection stands, half until its first answer as long as the list is being
// read, as many as pace.h says after a refusal, none in a pause and while its name is looked up. A host that
// is down has its turns at once: they end without a request.
//
// Contract: loop thread only. What waits is bounded, in number and bytes, and so is what is kept of hosts
// without URLs. Outlives its turns; the client outlives it. One task at a time waits in next(), and one for
// room. How many turns there are is the caller's to limit.
#pragma once

#include <array>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

#include "crawler/answer.h"
#include "crawler/async/clock.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/linked_list.h"
#include "crawler/async/task.h"
#include "crawler/async/wait_list.h"
#include "crawler/host.h"
#include "crawler/http/http_client.h"
#include "crawler/turn.h"
#include "parse/url.h"

namespace crawler {

class Schedule {
 public:
  struct Bounds {
    std::size_t turns = 100;    // expected at once
    std::size_t urls = 20'000;  // that wait or have their turn
    std::size_t bytes = std::size_t{32}
                        << 20;  // of the same, and of what those have behind them that wait again
  };
  Schedule(http::HttpClient& client, const Bounds& bounds);
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;
  ~Schedule();

  async::Task<> wait_for_room();
  void put(parse::Url url);
  /// Nothing more will be put.
  void close();

  /// Waits for a URL that can go on; none when the schedule is closed and every URL has ended.
  async::Task<std::optional<Turn>> next();
  void put_back(Turn turn, async::TimePoint not_before);

  /// What has begun and waits for another turn, for a run that is stopped.
  std::list<Answer> take_begun();
  /// How many are known, with URLs or without.
  std::size_t hosts() const { return hosts_.size(); }

 private:
  friend class Host;
  friend class Turn;
  // Hosts that can have a turn, by how busy they are: 0, 1, 2 to 3, 4 to 7, … turns.
  static constexpr std::size_t kBuckets = 20;
  static constexpr std::size_t kIdleHosts = 10'000;

  async::EventLoop& loop() const { return loop_; }
  Host& host_of(const parse::Url& url);
  Host* least_busy() const;
  Turn take_turn(Host& host);
  void end_turn(Host& host);
  void end_url(std::size_t bytes);
  bool is_full() const { return urls_ >= bounds_.urls || bytes_ >= bounds_.bytes; }
  /// Whether so much waits again, with long chains behind it, that nothing new may begin of this host: it is
  /// its URLs that hold a part of it.
  bool holds_back(const Host& host) const {
    return holds_too_much_ && history_by_host_.contains(host.name());
  }
  void hold(const Answer& answer);
  void let_go(const Answer& answer);
  void refresh_named(const std::string& host);
  /// Puts the host where it belongs: among those that can have a turn, those that have no URL, or neither.
  void refresh(Host& host);
  void refresh_all();
  void retire(Host& host);
  void enlist(Host& host, async::LinkedList<Host>& list);
  void delist(Host& host);

  http::HttpClient& client_;
  const Bounds bounds_;
  async::EventLoop& loop_;
  std::minstd_rand random_{std::random_device{}()};
  std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
  std::array<async::LinkedList<Host>, kBuckets> ready_;
  async::LinkedList<Host> idle_;  // without URLs, the longest so first
  std::size_t idle_hosts_ = 0;
  std::size_t urls_ = 0;
  std::size_t bytes_ = 0;
  std::size_t history_bytes_ = 0;
  std::unordered_map<std::string, std::size_t> history_by_host_;  // of what waits, by its listed URL's host
  bool holds_too_much_ = false;
  bool is_closed_ = false;
  bool is_held_up_ = false;  // who reads the list waits for room
  async::WaitList changed_;
  async::WaitList room_;
};

}  // namespace crawler
