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

/// The row of one hop in its answer: begun with the hop, and made whole whichever way the hop ends.
class Fetcher::Record {
 public:
  Record(Answer& answer, http::Transfer& transfer, async::TimePoint run_started, async::TimePoint asked)
      : answer_(answer), transfer_(transfer) {
    const async::TimePoint now = async::EventLoop::current().now();
    storage::FetchRow& row = answer.fetches.emplace_back();
    row.url = answer.final_url.key();
    row.hop = static_cast<int>(answer.hops.size());
    row.started_ms = Milliseconds(now - run_started).count();
    if (answer.hops.empty()) row.queued_ms = Milliseconds(now - asked).count();
    row.error = name(PageError::cancelled);
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  void end_with(const http::Transfer::Result& result) {
    storage::FetchRow& row = answer_.fetches.back();
    row.error.reset();
    if (!result) row.error = name(page_error(result.error()));
  }

  ~Record() {
    const http::Attempt& attempt = transfer_.attempt();
    storage::FetchRow& row = answer_.fetches.back();
    row.dns_ms = count(attempt.dns);
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
  http::Transfer& transfer_;
};

Fetcher::Fetcher(const Config& config, http::HttpClient& client)
    : config_(config),
      client_(client),
      permits_(config.transfers_at_once()),
      started_at_(async::EventLoop::current().now()) {}

Task<> Fetcher::fetch(Answer& answer) {
  const async::TimePoint asked_at = async::EventLoop::current().now();
  const async::Semaphore::Permit permit = co_await permits_.acquire();
  try {
    co_await async::timeout(config_.timeout, [&] { return follow(answer, asked_at); });
  } catch (const async::TimedOut&) {
    answer.response = std::unexpected(PageError::timeout);
    answer.fetches.back().error = name(PageError::timeout);
  }
}

Task<> Fetcher::follow(Answer& answer, async::TimePoint asked_at) {
  bool is_redirected = true;
  while (is_redirected) {
    http::Transfer transfer = request(answer.final_url);
    Record record(answer, transfer, started_at_, asked_at);
    http::Transfer::Result result = co_await transfer;
    record.end_with(result);
    is_redirected = take(std::move(result), answer);
  }
}

http::Transfer Fetcher::request(const parse::Url& url) {
  return client_.get(http::Request(std::string(url.key())));
}

/// Whether there is another hop; if not, the answer is whole.
bool Fetcher::take(http::Transfer::Result result, Answer& answer) const {
  if (!result) {
    answer.response = std::unexpected(page_error(result.error()));
    return false;
  }
  auto target = redirect_target(*result, answer.final_url);
  if (!target) {
    answer.response = std::unexpected(target.error());
    return false;
  }
  if (!*target) {
    answer.response = *std::move(result);
    return false;
  }
  answer.hops.emplace_back(answer.final_url.key());
  const bool is_loop = std::ranges::find(answer.hops, (*target)->key()) != answer.hops.end();
  if (is_loop || answer.hops.size() > static_cast<std::size_t>(config_.max_redirects)) {
    answer.response = std::unexpected(PageError::redirect_limit);
    return false;
  }
  answer.final_url = **std::move(target);
  return true;
}

}  // namespace crawler
