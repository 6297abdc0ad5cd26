// A URL that the frontier has handed out: what travels with it until its page is committed.
//
//   for (FrontierUrl& url : co_await sink.claim(1000)) schedule.put(std::move(url.url), url.claim);
//
// Contract: a value. Its frontier knows by it which of its rows is meant.
#pragma once

#include <cstdint>

namespace crawler {

struct Claim {
  std::int64_t host_id = 0;
  std::int64_t id = 0;           // of the URL among its host's
  std::int64_t referrer_id = 0;  // the page that it was found on; 0: none
  int depth = 0;                 // links from a given URL to it
  int redirects = 0;             // that led to it
  bool is_listed = false;        // the user gave it, or it is where one of those redirects to
};

}  // namespace crawler
