#include "crawler/fetcher.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "crawler/async/event_loop.h"
#include "crawler/async/timeout.h"
#include "crawler/redirect.h"

namespace crawler {
namespace {

using async::Task;
using Milliseconds = http::Attempt::Milliseconds;

std::optional<double> count(const std::optional<Milliseconds>& duration) {
  if (!duration) return std::nullopt;
  return duration->count();
}

}  // namespace

/// Adds the row of one hop to its answer, whichever way the hop ends.
class Fetcher::Record {
 public:
  Record(Answer& answer, http::Transfer& transfer, async::TimePoint run_started, async::TimePoint asked)
      : answer_(answer), transfer_(transfer) {
    const async::TimePoint now = async::EventLoop::current().now();
    row_.url = answer.final_url.key();
    row_.hop = static_cast<int>(answer.hops.size());
    row_.started_ms = Milliseconds(now - run_started).count();
    if (answer.hops.empty()) row_.queued_ms = Milliseconds(now - asked).count();
    row_.error = name(PageError::cancelled);
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  void end_with(std::optional<PageError> error) {
    row_.error.reset();
    if (error) row_.error = name(*error);
  }

  ~Record() {
    const http::Attempt& attempt = transfer_.attempt();
    row_.dns_ms = count(attempt.dns);
    row_.connect_ms = count(attempt.connect);
    row_.tls_ms = count(attempt.tls);
    row_.ttfb_ms = count(attempt.first_byte);
    row_.total_ms = count(attempt.total);
    row_.status = attempt.status;
    row_.bytes = attempt.bytes;
    if (!attempt.http_version.empty()) row_.http_version = attempt.http_version;
    row_.reused = attempt.reused_connection;
    if (!attempt.ip.empty()) row_.ip = attempt.ip;
    answer_.fetches.push_back(std::move(row_));
  }

 private:
  Answer& answer_;
  http::Transfer& transfer_;
  storage::FetchRow row_;
};

Fetcher::Fetcher(const Config& config, http::HttpClient& client)
    : config_(config),
      client_(client),
      permits_(config.transfers_at_once()),
      started_at_(async::EventLoop::current().now()) {}

Task<> Fetcher::fetch(Answer& answer) {
  const async::TimePoint asked_at = async::EventLoop::current().now();
  const async::Semaphore::Permit permit = co_await permits_.acquire();
  bool is_out_of_time = false;
  try {
    co_await async::timeout(config_.timeout, [&](async::Timeout&) { return follow(answer, asked_at); });
  } catch (const async::TimedOut&) {
    is_out_of_time = true;
  }
  if (!is_out_of_time) co_return;
  answer.response = std::unexpected(PageError::timeout);
  answer.fetches.back().error = name(PageError::timeout);
}

Task<> Fetcher::follow(Answer& answer, async::TimePoint asked_at) {
  for (;;) {
    http::Transfer transfer = client_.get(http::Request(std::string(answer.final_url.key())));
    Record record(answer, transfer, started_at_, asked_at);
    auto response = co_await transfer;
    if (!response) {
      answer.response = std::unexpected(page_error(response.error()));
      record.end_with(answer.response.error());
      co_return;
    }
    record.end_with(std::nullopt);
    auto target = redirect_target(*response, answer.final_url);
    if (!target) {
      answer.response = std::unexpected(target.error());
      co_return;
    }
    if (!*target) {
      answer.response = *std::move(response);
      co_return;
    }
    answer.hops.emplace_back(answer.final_url.key());
    const bool is_loop = std::ranges::find(answer.hops, (*target)->key()) != answer.hops.end();
    if (is_loop || answer.hops.size() > static_cast<std::size_t>(config_.max_redirects)) {
      answer.response = std::unexpected(PageError::redirect_limit);
      co_return;
    }
    answer.final_url = **std::move(target);
  }
}

}  // namespace crawler
