#include "tests/support/synthetic_web.h"

#include <algorithm>
#include <limits>

namespace test_support {
namespace {

/// Of a Host line, as curl writes it.
SyntheticPlan::Origin origin_of(std::string_view head) {
  constexpr std::string_view name = "\r\nHost: ";
  const std::size_t begin = head.find(name);
  if (begin == std::string_view::npos) return {};
  std::string_view value = head.substr(begin + name.size());
  value = value.substr(0, value.find('\r'));
  const std::size_t colon = std::min(value.find(':'), value.size());
  return {.host = value.substr(0, colon), .port = value.substr(std::min(colon + 1, value.size()))};
}

std::uint32_t most_requests(Duty duty) {
  switch (duty) {
    case Duty::once:
      return 1;
    case Duty::twice:
      return 2;
    case Duty::robots:
    case Duty::snare:
      return std::numeric_limits<std::uint32_t>::max();
    case Duty::never:
      break;
  }
  return 0;
}

}  // namespace

SyntheticWeb::SyntheticWeb(const WebSize& size)
    : plan_(size), server_("0.0.0.0", [this](const std::string& target, const std::string& head) {
        return respond(target, head);
      }) {}

std::string SyntheticWeb::url(std::string_view host, std::string_view path) const {
  return "http://" + std::string(host) + ":" + std::to_string(server_.port()) + std::string(path);
}

Duty SyntheticWeb::duty(std::string_view url) const {
  url.remove_prefix(std::min(std::string_view("http://").size(), url.size()));
  const std::size_t colon = std::min(url.find(':'), url.size());
  const std::size_t slash = std::min(url.find('/'), url.size());
  return plan_.duty(url.substr(0, colon), url.substr(slash));
}

Script SyntheticWeb::respond(const std::string& target, const std::string& head) {
  const SyntheticPlan::Origin origin = origin_of(head);
  std::uint32_t asked_before = 0;
  {
    const std::lock_guard lock(mutex_);
    const std::string host(origin.host);
    asked_before = counts_[host + target]++;
    log_.push_back({.host = host, .target = target, .at = Clock::now()});
  }
  return script_of(plan_.answer(origin, target, asked_before));
}

std::vector<SyntheticWeb::ExpectedRow> SyntheticWeb::expected() const {
  std::vector<ExpectedRow> rows;
  for (const SyntheticPlan::Page& page : plan_.pages())
    rows.push_back({.url = url(page.host, page.path), .status = page.status});
  std::ranges::sort(rows);
  return rows;
}

bool SyntheticWeb::wait_for_requests(std::size_t count, std::chrono::milliseconds limit) const {
  return server_.traffic().wait_until([&](const Counts& now) { return now.requests >= count; }, limit);
}

bool SyntheticWeb::wait_for_silence(std::chrono::milliseconds limit) const {
  return server_.traffic().wait_until([](const Counts& now) { return now.open_connections == 0; }, limit);
}

std::vector<SyntheticWeb::Request> SyntheticWeb::requests(std::size_t first) const {
  const std::lock_guard lock(mutex_);
  return {log_.begin() + static_cast<std::ptrdiff_t>(std::min(first, log_.size())), log_.end()};
}

std::size_t SyntheticWeb::request_count() const {
  const std::lock_guard lock(mutex_);
  return log_.size();
}

std::size_t SyntheticWeb::requests_of_host(std::string_view host) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count(log_, host, &Request::host));
}

std::vector<std::string> SyntheticWeb::missing() const {
  std::vector<std::string> urls;
  for (const SyntheticPlan::Page& page : plan_.pages()) {
    const std::uint32_t wanted = most_requests(plan_.duty(page.host, page.path));
    if (count_of(page.host, page.path) < wanted) urls.push_back(url(page.host, page.path));
  }
  return urls;
}

std::vector<std::string> SyntheticWeb::asked_too_often() const { return asked_beyond(1, 2); }
std::vector<std::string> SyntheticWeb::forbidden() const { return asked_beyond(0, 0); }

/// What may be asked for so often, and was so oftener.
std::vector<std::string> SyntheticWeb::asked_beyond(std::uint32_t least_allowed,
                                                    std::uint32_t most_allowed) const {
  std::vector<std::string> urls;
  for (const Request& request : requests()) {
    const std::uint32_t allowed = most_requests(plan_.duty(request.host, request.target));
    if (allowed >= least_allowed && allowed <= most_allowed &&
        count_of(request.host, request.target) > allowed)
      urls.push_back(url(request.host, request.target));
  }
  std::ranges::sort(urls);
  urls.erase(std::ranges::unique(urls).begin(), urls.end());
  return urls;
}

std::optional<std::chrono::microseconds> SyntheticWeb::smallest_gap(std::string_view host) const {
  std::optional<Clock::time_point> last;
  std::optional<std::chrono::microseconds> smallest;
  const std::lock_guard lock(mutex_);
  for (const Request& request : log_) {
    if (request.host != host || plan_.duty(host, request.target) == Duty::robots) continue;
    if (last) {
      const auto gap = std::chrono::duration_cast<std::chrono::microseconds>(request.at - *last);
      smallest = std::min(smallest.value_or(gap), gap);
    }
    last = request.at;
  }
  return smallest;
}

std::uint32_t SyntheticWeb::count_of(const std::string& host, const std::string& target) const {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(host + target);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace test_support
