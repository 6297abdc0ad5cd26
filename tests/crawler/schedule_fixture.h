// The words that tests of the schedule are written in: a schedule in virtual time, URLs, and what has its
// turn.
//
//   with_schedule([&](Schedule& schedule) -> Task<> {
//     put(schedule, "192.0.2.1", 3);
//     std::vector<Turn> turns = co_await all_turns(schedule);
//   });
//
// Contract: the client is asked for nothing. bounds_ and politeness_ count when with_schedule() is called.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/schedule.h"
#include "crawler/wall_clock.h"

namespace crawler {

/// In virtual time, with a client that is asked for nothing: all hosts are addresses.
class ScheduleTest : public testing::Test {
 protected:
  template <class Body>
  void with_schedule(Body body) {
    setenv("no_proxy", "*", 1);
    async::VirtualClock clock;
    async::EventLoop loop(clock);
    const http::ClientOptions options;
    async::run(loop,
               async::async_with(http::HttpClient(options), [&](http::HttpClient& client) -> async::Task<> {
                 Schedule schedule(client, bounds_, politeness_);
                 co_await body(schedule);
               }));
  }
  static parse::Url url(const std::string& text) { return *parse::Url::parse(text); }
  static void put(Schedule& schedule, const std::string& host, int count) {
    for (int i = 0; i < count; ++i) schedule.put(url("http://" + host + "/" + std::to_string(i)));
  }
  static std::string host_of(Turn& turn) { return std::string(turn.answer().url.host()); }
  /// The turns that can be had at once.
  static async::Task<std::vector<Turn>> all_turns(Schedule& schedule) {
    std::vector<Turn> turns;
    for (;;) {
      const async::TaskHandle<std::optional<Turn>> next = async::spawn(schedule.next());
      co_await async::sleep(std::chrono::seconds(0));
      co_await async::sleep(std::chrono::seconds(0));
      if (!next.is_done()) {
        next.cancel();
        co_await async::sleep(std::chrono::seconds(0));
        co_return turns;
      }
      std::optional<Turn> turn = co_await async::TaskHandle<std::optional<Turn>>(next);
      if (!turn) co_return turns;
      turns.push_back(*std::move(turn));
    }
  }

  /// A URL that was found by following.
  static Claim found(std::int64_t id = 1) { return {.host_id = 1, .id = id}; }
  static Claim listed() { return {.host_id = 1, .id = 1, .is_listed = true}; }
  static void put_found(Schedule& schedule, const std::string& text, std::int64_t id = 1) {
    schedule.put(url(text), found(id));
  }
  static async::Duration now() { return async::EventLoop::current().now().time_since_epoch(); }
  static storage::RobotsRow robots(const std::string& origin, const std::string& body, int status = 200) {
    return {.origin = origin, .asked_at = now_in_seconds(), .status = status, .body = body};
  }
  /// The next URL, with how it is asked for or ends: "/a", "/b robots", "/robots.txt", "end".
  static async::Task<std::string> next_path(Schedule& schedule) {
    std::optional<Turn> turn = co_await schedule.next();
    if (!turn) co_return "end";
    std::string path(turn->answer().final_url().path());
    if (const auto obstacle = turn->obstacle()) path += " " + std::string(name(*obstacle));
    co_return path;
  }

  Schedule::Bounds bounds_;
  Politeness politeness_;
};

}  // namespace crawler
