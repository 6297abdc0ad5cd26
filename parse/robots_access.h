// What the status of the answer for /robots.txt means for the pages of a host.
//
//   robots_access(200, 0);   // RobotsAccess::by_rules: parse the body
//   robots_access(301, 2);   // RobotsAccess::at_location: ask there, a third time
//   robots_access(404, 0);   // RobotsAccess::all
//
// Contract: pure, total: any number is a status, and one that HTTP does not have, as 0 where no answer came,
// is "unreachable". A server that answers 429 is there and asks for less: that too is "unreachable", which
// the RFC permits and Google does, and not a licence to fetch everything.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html#section-2.3.1
#pragma once

namespace parse {

enum class RobotsAccess {
  by_rules,     // to what the body allows
  at_location,  // decided by the answer at the Location, for this host all the same
  all,          // there are no rules
  none,         // they could not be asked for: no access for now
};

/// `redirects` is how many were followed before this answer.
constexpr RobotsAccess robots_access(int status, int redirects) {
  constexpr int kMaxRedirects = 5;
  if (status == 429) return RobotsAccess::none;
  switch (status / 100) {
    case 2:
      return RobotsAccess::by_rules;
    case 3:
      return redirects < kMaxRedirects ? RobotsAccess::at_location : RobotsAccess::all;
    case 4:
      return RobotsAccess::all;
    default:
      return RobotsAccess::none;
  }
}

}  // namespace parse
