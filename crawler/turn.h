// A URL's turn to be fetched: one hop of one attempt.
//
//   if (const auto error = turn.obstacle()) return end(*error);     // there is nobody to ask
//   … one transfer of turn.answer().final_url() …
//   turn.note_answer();                                             // or what else came of it
//   turn.end_transfer();                                            // the host may have another
//
// Contract: loop thread only. The URL has ended when its turn goes, unless it was put back. Ends before its
// Schedule.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>

#include "crawler/answer.h"
#include "crawler/async/clock.h"
#include "crawler/http/request.h"
#include "crawler/obstacle.h"

namespace crawler {

class Host;
class Schedule;

class [[nodiscard]] Turn {
 public:
  Turn(Turn&& other) noexcept;
  Turn& operator=(Turn&&) = delete;
  ~Turn();

  /// Its visit has begun, and will end the URL or put it back. A turn that nobody used puts it back itself,
  /// if it has begun before: a visit that is cancelled before its first step never runs.
  void use() { is_used_ = true; }
  Answer& answer() { return url_.front(); }
  async::TimePoint began() const { return began_; }
  /// With one the turn is not used to ask its host, and tells it nothing.
  std::optional<PageError> obstacle() const {
    return obstacle_ ? std::optional(obstacle_->error) : std::nullopt;
  }
  /// Whether the obstacle may be gone by another turn.
  bool may_pass() const { return obstacle_ && obstacle_->may_pass; }
  /// Whether PageError::robots is because robots.txt could not be had: no rule forbids the URL.
  bool is_robots_unreachable() const { return obstacle_ && obstacle_->is_robots_unreachable; }
  std::shared_ptr<const http::Addresses> addresses() const;
  /// How long the look-up took that this turn is the first to use.
  std::optional<async::Duration> look_up_time() const { return look_up_time_; }
  /// Null when the host need not know.
  http::ConnectWatcher* connect_watcher() const;

  void note_answer();
  /// 429, 503, or an answer that says when to come again. Whether the URL is worth another try.
  bool note_refusal(std::optional<std::chrono::seconds> retry_after);
  void note_no_connection();
  void end_transfer();

 private:
  friend class Schedule;
  Turn(Schedule& schedule, Host& host, std::list<Answer> url, std::size_t bytes);
  /// Of a URL that is to end without a request.
  Turn(Schedule& schedule, std::list<Answer> url, std::size_t bytes, const Obstacle& obstacle);

  Schedule* schedule_;  // null: moved from, or put back
  Host* host_;          // null: the transfer has ended, or there is none to come
  std::list<Answer> url_;
  std::size_t bytes_;  // of the URL, by its Schedule's count
  async::TimePoint began_;
  std::optional<async::Duration> look_up_time_;
  std::optional<Obstacle> obstacle_;
  bool is_used_ = false;
};

}  // namespace crawler
