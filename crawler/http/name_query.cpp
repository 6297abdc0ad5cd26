#include "crawler/http/name_query.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace crawler::http {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds kShortestKept = 10s;
constexpr std::chrono::seconds kLongestKept = 1h;
constexpr std::chrono::seconds kSystemAnswerKept = 60s;
constexpr std::chrono::seconds kNoSuchNameKept = 60s;

std::vector<std::string> in_order(DnsRecords records, bool prefers_ipv6) {
  std::vector<std::string>& first = prefers_ipv6 ? records.ipv6 : records.ipv4;
  std::vector<std::string>& second = prefers_ipv6 ? records.ipv4 : records.ipv6;
  std::ranges::move(second, std::back_inserter(first));
  return std::move(first);
}

}  // namespace

void NameQuery::start(const std::string& name, bool system_may_know) {
  name_ = name;
  system_may_know_ = system_may_know;
  deadline_ = sources_.loop.time_after(sources_.timeout);
  const bool both = sources_.families.has_ipv6;
  sources_.loop.timers().arm(*this, both ? sources_.loop.time_after(sources_.timeout / 4) : deadline_);
  sources_.channel.ask(name_, both ? AF_UNSPEC : AF_INET, all_);
}

void NameQuery::fire() noexcept {
  if (!is_settled_ && sources_.loop.now() < deadline_) {
    sources_.loop.timers().arm(*this, deadline_);
    if (all_.is_asked()) sources_.channel.ask(name_, AF_INET, ipv4_);
    return;
  }
  if (!is_settled_) settle(LookUpError::no_answer);
  sources_.loop.timers().disarm(*this);
  finish(found_, valid_until_);
}

void NameQuery::take_answer(DnsAnswer answer) noexcept {
  if (answer) {
    const std::chrono::seconds ttl = std::clamp(answer->ttl, kShortestKept, kLongestKept);
    settle(in_order(*std::move(answer), sources_.families.prefers_ipv6), ttl);
    return;
  }
  // One part without an address says nothing of the other.
  if (all_.is_asked() || ipv4_.is_asked()) return;
  if (answer.error() != LookUpError::no_such_name || !system_may_know_) {
    settle(answer.error());
    return;
  }
  try {
    sources_.system.ask(name_, *this);
  } catch (const std::system_error&) {
    settle(answer.error());  // no thread can be had
  }
}

void NameQuery::take_system_answer(SystemAnswer answer) noexcept {
  if (answer)
    settle(*std::move(answer), kSystemAnswerKept);
  else
    settle(answer.error());
}

void NameQuery::settle(std::vector<std::string> ips, std::chrono::seconds ttl) {
  const async::TimePoint valid_until = sources_.loop.time_after(ttl);
  settle(std::make_shared<const Addresses>(Addresses{.ips = std::move(ips), .valid_until = valid_until}),
         valid_until);
}

void NameQuery::settle(LookUpError error) {
  const auto kept = error == LookUpError::no_such_name ? kNoSuchNameKept : kNoAnswerKept;
  settle(std::unexpected(error), sources_.loop.time_after(kept));
}

/// Finished from a timer: an answer comes from within c-ares, where nobody may be told.
void NameQuery::settle(LookUp found, async::TimePoint valid_until) {
  is_settled_ = true;
  found_ = std::move(found);
  valid_until_ = valid_until;
  all_.withdraw();
  ipv4_.withdraw();
  withdraw();
  sources_.loop.timers().arm(*this, sources_.loop.now());
}

}  // namespace crawler::http
