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
// read, as many as pace.h says after a refusal, none in a pause and while its name is looked up; and no more
// than politeness.h says. With a delay, of the user's or of the host's robots.txt, whichever is longer, a
// turn begins no sooner than that after the end of the last one. Whom nobody asks has its turn at once, to
// end without a request: the URLs of a host that is down, and those that robots.txt forbids.
//
//   for (const std::string& origin : co_await schedule.wanted_robots())   // who looks after robots.txt
//     if (const auto row = …known…(origin)) schedule.set_robots(*row);
//     else schedule.fetch_robots(origin);        // its turn comes; of its answer: set_robots(robots_row(…))
//
// Contract: loop thread only. What waits is bounded, in number and bytes, and so is what is kept of hosts
// without URLs. Outlives its turns; the client outlives it. One task at a time waits in next(), one for
// room, one for robots that are wanted and one for need. How many turns there are is the caller's to limit.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crawler/answer.h"
#include "crawler/async/clock.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/linked_list.h"
#include "crawler/async/task.h"
#include "crawler/async/wait_list.h"
#include "crawler/claim.h"
#include "crawler/host.h"
#include "crawler/http/http_client.h"
#include "crawler/politeness.h"
#include "crawler/robots_gate.h"
#include "crawler/turn.h"
#include "parse/url.h"
#include "storage/rows.h"

namespace crawler {

class Schedule {
 public:
  struct Bounds {
    std::size_t turns = 100;    // expected at once
    std::size_t urls = 20'000;  // that wait or have their turn
    std::size_t bytes = std::size_t{32}
                        << 20;  // of the same, and of what those have behind them that wait again
  };
  Schedule(http::HttpClient& client, const Bounds& bounds, Politeness politeness = {});
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;
  ~Schedule();

  async::Task<> wait_for_room();
  void put(parse::Url url, std::optional<Claim> claim = std::nullopt, Purpose purpose = Purpose::page);
  /// Nothing more will be put.
  void close();
  /// Closes it at the end of a scope.
  class Closing {
   public:
    explicit Closing(Schedule& schedule) : schedule_(schedule) {}
    Closing(const Closing&) = delete;
    Closing& operator=(const Closing&) = delete;
    ~Closing() { schedule_.close(); }

   private:
    Schedule& schedule_;
  };

  /// Waits for a URL that can go on; none when the schedule is closed and every URL has ended.
  async::Task<std::optional<Turn>> next();
  void put_back(Turn turn, async::TimePoint not_before);

  /// Waits for origins whose robots.txt is to be told, and names each once. Each is then set, or fetched.
  async::Task<std::vector<std::string>> wanted_robots() { return gate_.wanted(); }
  /// Judges what has waited for it, however old it is; for what comes later it counts as long as it may.
  void set_robots(const storage::RobotsRow& row) { gate_.set(row); }
  /// Its robots.txt has the host's next turn, with Purpose::robots.
  void fetch_robots(const std::string& origin);

  /// Waits until there are fewer than so many URLs, and bytes enough for more.
  async::Task<> wait_for_need(std::size_t urls);
  /// Takes out what has not begun and has a claim, of hosts that are not asked within that time, but for one
  /// of each of their lines. Looks at every host.
  std::vector<Claim> give_back(std::chrono::milliseconds beyond);

  /// What has begun and waits for another turn, for a run that is stopped: robots.txt of some hosts too.
  std::list<Answer> take_begun();
  /// How many wait or have their turn.
  std::size_t urls() const { return urls_; }
  /// In number or bytes.
  bool is_full() const { return urls_ >= bounds_.urls || bytes_ >= bounds_.bytes; }
  /// How many are known, with URLs or without.
  std::size_t hosts() const { return hosts_.size(); }

 private:
  friend class Host;
  friend class RobotsGate;
  friend class Turn;
  // Hosts that can have a turn, by how busy they are: 0, 1, 2 to 3, 4 to 7, … turns.
  static constexpr std::size_t kBuckets = 20;
  static constexpr std::size_t kIdleHosts = 10'000;

  async::EventLoop& loop() const { return loop_; }
  Host& host_of(const parse::Url& url);
  /// Null: not known.
  Host* find_host(const std::string& name) const;
  Host* least_busy() const;
  Turn take_turn(Host& host);
  void end_turn(Host& host, bool was_request);
  void end_url(std::size_t bytes);
  bool has_room_for_bytes() const { return bytes_ <= bounds_.bytes / 4 * 3; }
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
  const Politeness politeness_;
  async::EventLoop& loop_;
  std::minstd_rand random_{std::random_device{}()};
  RobotsGate gate_;
  std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
  std::array<async::LinkedList<Host>, kBuckets> ready_;
  async::LinkedList<Host> idle_;  // without URLs, the longest so first
  std::size_t idle_hosts_ = 0;
  async::TimePoint forgotten_until_;  // a host that is met anew may have been asked up to then
  std::size_t urls_ = 0;
  std::size_t bytes_ = 0;
  std::size_t history_bytes_ = 0;
  std::unordered_map<std::string, std::size_t> history_by_host_;  // of what waits, by its listed URL's host
  bool holds_too_much_ = false;
  bool is_closed_ = false;
  bool is_held_up_ = false;  // who reads the list waits for room
  async::WaitList changed_;
  async::WaitList room_;
  async::WaitList need_;
  std::size_t needed_below_ = 0;  // for whom waits for need
};

}  // namespace crawler
