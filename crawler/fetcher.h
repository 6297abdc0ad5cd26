// One hop of one attempt: makes a URL's request, and decides what becomes of the URL.
//
//   const std::optional<TimePoint> again = co_await fetcher.fetch(turn);
//   if (again) schedule.put_back(std::move(turn), *again);        // a redirect, or worth another try
//   else read(turn.answer());                                     // it has its response, or its error
//
// Contract: loop thread only. A failure is a value in the answer; a cancellation is thrown, and the answer
// then tells of what was begun. The turn's host is told what came of it, and is free for another when fetch()
// returns. --timeout bounds the hops of an attempt together, not what lies between them.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <random>

#include "crawler/answer.h"
#include "crawler/async/clock.h"
#include "crawler/async/task.h"
#include "crawler/config.h"
#include "crawler/http/http_client.h"
#include "crawler/http/response.h"
#include "crawler/page_error.h"
#include "crawler/turn.h"

namespace crawler {

class Fetcher {
 public:
  Fetcher(const Config& config, http::HttpClient& client);

  /// When the URL is to go on; nothing if it has its answer.
  async::Task<std::optional<async::TimePoint>> fetch(Turn& turn);

 private:
  class Record;
  using Outcome = std::expected<http::Response, PageError>;
  using Again = std::optional<async::TimePoint>;

  http::Request request(Turn& turn) const;
  static Outcome outcome_of(http::Transfer::Result result, const http::Attempt& attempt, Turn& turn);
  Outcome end_at_obstacle(Turn& turn);
  Again decide(Turn& turn, Outcome outcome);
  Again retry_error(Turn& turn, PageError error);
  Again retry_status(Turn& turn, const http::Response& response);
  Again follow(Answer& answer, http::Response response) const;
  void end_at_redirect(Answer& answer, http::Response response, parse::Url target) const;
  int retries(const Answer& answer) const;
  int max_redirects(const Answer& answer) const;
  async::TimePoint after_backoff(const Answer& answer);

  const Config& config_;
  http::HttpClient& client_;
  const std::shared_ptr<const http::MediaTypes> accept_;  // null: any
  async::TimePoint started_at_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace crawler
