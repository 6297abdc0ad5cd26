#include "crawler/fetcher.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "crawler/async/event_loop.h"
#include "crawler/http/addresses.h"
#include "crawler/http/retry_after.h"
#include "crawler/redirect.h"
#include "crawler/retry.h"
#include "crawler/with_credentials.h"

namespace crawler {
namespace {

using async::EventLoop;
using async::Task;
using async::TimePoint;
using Milliseconds = http::Attempt::Milliseconds;

constexpr int kMostWaitsForDescriptor = 20;

// A robots.txt decides on a whole host, so that it has its own rules, whatever the user wants of pages.
constexpr int kRobotsRetries = 2;
constexpr int kRobotsRedirects = 5;  // RFC 9309, 2.3.1.2

std::string_view kind_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::robots:
      return "robots";
    case Purpose::sitemap:
      return "sitemap";
    case Purpose::page:
      break;
  }
  return "page";
}

std::optional<double> count(const std::optional<Milliseconds>& duration) {
  if (!duration) return std::nullopt;
  return duration->count();
}

bool is_same_host_and_port(const parse::Url& a, const parse::Url& b) {
  return a.port() == b.port() && a.host() == b.host();
}

}  // namespace

/// The row of one hop in its answer: begun with the hop, and made whole whichever way the hop ends.
class Fetcher::Record {
 public:
  /// `transfer`: null when there is none to tell of.
  Record(Turn& turn, const http::Transfer* transfer, TimePoint run_started)
      : answer_(turn.answer()), transfer_(transfer), began_(EventLoop::current().now()) {
    const Answer& answer = answer_;
    storage::FetchRow& row = answer_.fetches.emplace_back();
    row.url = answer.final_url().key();
    row.kind = kind_of(answer.purpose);
    row.hop = static_cast<int>(answer.hops.size());
    row.attempt = answer.attempt;
    row.started_ms = Milliseconds(began_ - run_started).count();
    row.queued_ms = Milliseconds(std::max(began_ - answer.waits_since, async::Duration::zero())).count();
    row.dns_ms = count(turn.look_up_time());
    row.error = name(PageError::cancelled);
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  void end_with(const Outcome& outcome) {
    storage::FetchRow& row = answer_.fetches.back();
    row.error.reset();
    if (!outcome) row.error = name(outcome.error());
  }
  ~Record() {
    answer_.used += EventLoop::current().now() - began_;
    if (transfer_ == nullptr) return;
    const http::Attempt& attempt = transfer_->attempt();
    storage::FetchRow& row = answer_.fetches.back();
    if (!row.dns_ms) row.dns_ms = count(attempt.dns);  // its own, of a host that is an address: next to none
    row.connect_ms = count(attempt.connect);
    row.tls_ms = count(attempt.tls);
    row.ttfb_ms = count(attempt.first_byte);
    row.total_ms = count(attempt.total);
    row.status = attempt.status;
    row.bytes = attempt.bytes;
    if (!attempt.http_version.empty()) row.http_version = attempt.http_version;
    row.reused = attempt.reused_connection;
    if (!attempt.ip.empty()) row.ip = attempt.ip;
  }

 private:
  Answer& answer_;
  const http::Transfer* transfer_;
  TimePoint began_;
};

Fetcher::Fetcher(const Config& config, http::HttpClient& client)
    : config_(config),
      client_(client),
      accept_(config.accept.empty() ? nullptr : std::make_shared<const http::MediaTypes>(config.accept)),
      started_at_(EventLoop::current().now()) {}

Task<Fetcher::Again> Fetcher::fetch(Turn& turn) {
  Outcome outcome = std::unexpected(PageError::cancelled);
  if (turn.obstacle()) {
    outcome = end_at_obstacle(turn);
  } else {
    http::Transfer transfer = client_.get(request(turn));
    Record record(turn, &transfer, started_at_);
    http::Transfer::Result result = co_await transfer;
    const bool has_no_descriptor = !result && result.error() == http::TransferError::no_descriptor;
    if (has_no_descriptor && ++turn.answer().times_without_descriptor <= kMostWaitsForDescriptor) {
      record.end_with(std::unexpected(PageError::connect));
      turn.end_transfer();
      co_return after_backoff(turn.answer());
    }
    outcome = outcome_of(std::move(result), transfer.attempt(), turn);
    record.end_with(outcome);
  }
  const Again again = decide(turn, std::move(outcome));
  turn.end_transfer();
  co_return again;
}

http::Request Fetcher::request(Turn& turn) const {
  const Answer& answer = turn.answer();
  const parse::Url& url = answer.final_url();
  http::Request request{std::string(url.key())};
  request.addresses = turn.addresses();
  request.timeout = config_.timeout - answer.used;
  request.connect_watcher = turn.connect_watcher();
  if (answer.purpose == Purpose::page) request.accept = accept_;
  const bool is_same_host = is_same_host_and_port(url, answer.url);
  request.is_to_listed_origin =
      answer.is_on_listed_origin && is_same_host && url.scheme() == answer.url.scheme();
  if (request.is_to_listed_origin && !answer.credentials.empty())
    request.url = with_credentials(url, answer.credentials);
  request.may_reach_private =
      config_.private_network == PrivateNetwork::allow ||
      (config_.private_network == PrivateNetwork::seeds && answer.is_on_listed_host && is_same_host);
  return request;
}

Fetcher::Outcome Fetcher::outcome_of(http::Transfer::Result result, const http::Attempt& attempt,
                                     Turn& turn) {
  if (result) return *std::move(result);
  const bool has_no_connection =
      result.error() == http::TransferError::connect ||
      (result.error() == http::TransferError::timeout && attempt.has_no_connection());
  if (has_no_connection) turn.note_no_connection();
  if (attempt.status) turn.note_answer();  // though not a whole one
  return std::unexpected(page_error(result.error()));
}

/// A name that leads nowhere was asked for, and so this is an attempt; a host that is down was not.
Fetcher::Outcome Fetcher::end_at_obstacle(Turn& turn) {
  Outcome outcome = std::unexpected(*turn.obstacle());
  if (*turn.obstacle() == PageError::dns) {
    Record record(turn, nullptr, started_at_);
    record.end_with(outcome);
  }
  return outcome;
}

Fetcher::Again Fetcher::decide(Turn& turn, Outcome outcome) {
  Answer& answer = turn.answer();
  Again again = outcome ? retry_status(turn, *outcome) : retry_error(turn, outcome.error());
  if (again) {
    answer.begin_next_attempt();
    return again;
  }
  if (outcome) return follow(answer, *std::move(outcome));
  answer.response = std::move(outcome);
  return std::nullopt;
}

Fetcher::Again Fetcher::retry_error(Turn& turn, PageError error) {
  const Answer& answer = turn.answer();
  if (answer.attempt > retries(answer)) return std::nullopt;
  if (turn.obstacle() && !turn.may_pass()) return std::nullopt;
  if (turn.obstacle()) return after_backoff(answer) + http::kNoAnswerKept;
  if (!is_worth_retrying(error)) return std::nullopt;
  return after_backoff(answer);
}

Fetcher::Again Fetcher::retry_status(Turn& turn, const http::Response& response) {
  if (!is_worth_retrying(response.status)) {
    turn.note_answer();
    return std::nullopt;
  }
  std::optional<std::chrono::seconds> retry_after;
  if (const auto value = response.header("retry-after"))
    retry_after = http::read_retry_after(*value, std::chrono::system_clock::now());
  const bool minds = response.status == 429 || response.status == 503 || retry_after;
  bool is_worth_it = true;
  if (minds)
    is_worth_it = turn.note_refusal(retry_after);
  else
    turn.note_answer();
  if (!is_worth_it || turn.answer().attempt > retries(turn.answer())) return std::nullopt;
  // The pause of the whole host is the wait.
  return minds ? EventLoop::current().now() : after_backoff(turn.answer());
}

/// To the next hop, if the response is a redirect; it is the answer otherwise.
Fetcher::Again Fetcher::follow(Answer& answer, http::Response response) const {
  auto target = redirect_target(response, answer.final_url());
  if (!target) {
    answer.response = std::unexpected(target.error());
    return std::nullopt;
  }
  if (!*target) {
    answer.response = std::move(response);
    return std::nullopt;
  }
  if (answer.claim && answer.purpose == Purpose::page) {
    end_at_redirect(answer, std::move(response), **std::move(target));
    return std::nullopt;
  }
  answer.hops.emplace_back(answer.final_url().key());
  const bool is_loop = std::ranges::find(answer.hops, (*target)->key()) != answer.hops.end();
  if (is_loop || answer.hops.size() > static_cast<std::size_t>(max_redirects(answer))) {
    answer.response = std::unexpected(PageError::redirect_limit);
    return std::nullopt;
  }
  answer.redirected_to = **std::move(target);
  return EventLoop::current().now();
}

/// The target is the frontier's to take, or to leave alone.
void Fetcher::end_at_redirect(Answer& answer, http::Response response, parse::Url target) const {
  if (answer.claim->redirects >= config_.max_redirects) {
    answer.response = std::unexpected(PageError::redirect_limit);
    return;
  }
  answer.response = std::move(response);
  answer.redirect = std::move(target);
}

int Fetcher::retries(const Answer& answer) const {
  return answer.purpose == Purpose::robots ? kRobotsRetries : config_.retries;
}

int Fetcher::max_redirects(const Answer& answer) const {
  return answer.purpose == Purpose::robots ? kRobotsRedirects : config_.max_redirects;
}

TimePoint Fetcher::after_backoff(const Answer& answer) {
  return EventLoop::current().now() + backoff(answer.attempt, random_());
}

}  // namespace crawler
