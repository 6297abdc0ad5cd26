// From a URL to its answer: waits for a permit, then goes hop by hop within the time limit.
//
//   Answer answer(url);
//   co_await fetcher.fetch(answer);
//   if (answer.response) …->body; else …error(); answer.fetches tells of every hop
//
// Contract: loop thread only. The permit is held only while a transfer runs. A failure is a value in the
// answer; a cancellation is thrown, and the answer then tells of what was begun. An Answer outlives its
// fetch.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "crawler/async/clock.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/task.h"
#include "crawler/config.h"
#include "crawler/http/http_client.h"
#include "crawler/http/response.h"
#include "crawler/page_error.h"
#include "parse/url.h"
#include "storage/rows.h"

namespace crawler {

struct Answer {
  explicit Answer(parse::Url asked) : url(std::move(asked)), final_url(url) {}

  parse::Url url;
  parse::Url final_url;
  std::vector<std::string> hops;  // the URLs that redirected, in order
  std::expected<http::Response, PageError> response = std::unexpected(PageError::cancelled);
  std::vector<storage::FetchRow> fetches;
};

class Fetcher {
 public:
  Fetcher(const Config& config, http::HttpClient& client);

  async::Task<> fetch(Answer& answer);

 private:
  class Record;
  async::Task<> follow(Answer& answer, async::TimePoint asked_at);
  http::Transfer request(const parse::Url& url);
  bool take(http::Transfer::Result result, Answer& answer) const;

  const Config& config_;
  http::HttpClient& client_;
  async::Semaphore permits_;
  async::TimePoint started_at_;
};

}  // namespace crawler
