#include "crawler/origin_robots.h"

#include <limits>
#include <string>

#include "parse/robots.h"
#include "parse/robots_access.h"
#include "parse/robots_lines.h"

namespace crawler {
namespace {

using parse::RobotsAccess;

// RFC 9309, 2.4: no longer than 24 hours. What could not be had is soon asked for again.
constexpr std::chrono::hours kRulesKept{24};
constexpr std::chrono::minutes kUnreachableKept{10};
constexpr int kNoSuchFile = 404;

/// A row is of the last answer: where that is a redirect, there was none to follow.
RobotsAccess access_of(int status) { return parse::robots_access(status, std::numeric_limits<int>::max()); }

}  // namespace

storage::RobotsRow robots_row(const Answer& answer, std::int64_t now) {
  storage::RobotsRow row;
  row.origin = answer.url.origin();
  row.asked_at = now;
  if (answer.response) {
    row.status = answer.response->status;
    if (access_of(row.status) == RobotsAccess::by_rules)
      row.body = answer.response->body.substr(0, parse::RobotsLines::max_size);
    return row;
  }
  switch (answer.response.error()) {
    case PageError::redirect_limit:
    case PageError::bad_redirect:
      if (!answer.fetches.empty()) row.status = answer.fetches.back().status.value_or(0);
      break;
    case PageError::dns:
      if (answer.hops.empty()) row.asked_at = 0;
      break;
    case PageError::blocked_address:
      // Nobody was asked, and nobody will be for its pages: they end the same way.
      row.asked_at = 0;
      row.status = kNoSuchFile;
      break;
    default:
      break;
  }
  return row;
}

OriginRobots read_robots(const storage::RobotsRow& row, std::string_view product_token) {
  OriginRobots robots;
  const RobotsAccess access = access_of(row.status);
  robots.is_unreachable = access == RobotsAccess::none;
  if (access == RobotsAccess::by_rules)
    robots.rules = parse::RobotsFile::parse(row.body).rules_for(product_token);
  return robots;
}

std::chrono::seconds time_left(const storage::RobotsRow& row, std::int64_t now) {
  if (row.asked_at <= 0 || row.asked_at > now) return {};
  const std::chrono::seconds kept =
      access_of(row.status) == RobotsAccess::none ? std::chrono::seconds(kUnreachableKept) : kRulesKept;
  const std::int64_t age = now - row.asked_at;
  return age >= kept.count() ? std::chrono::seconds(0) : kept - std::chrono::seconds(age);
}

}  // namespace crawler
