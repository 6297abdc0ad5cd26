// A URL that the frontier has handed out: what travels with it until its page is committed.
//
//   for (FrontierUrl& url : co_await sink.claim(1000)) schedule.put(std::move(url.url), url.claim);
//
// Contract: a value. Its frontier knows by it which of its rows is meant.
#pragma once

#include <cstdint>
#include <string>

namespace crawler {

struct Claim {
  std::int64_t host_id = 0;
  std::int64_t id = 0;               // of the URL among its host's
  std::string referrer{};            // the page that it was found on; empty: none
  int depth = 0;                     // links from a given URL to it
  int redirects = 0;                 // that led to it
  bool is_listed = false;            // the user gave it, or it is where one of those redirects to
  bool is_on_listed_host = false;    // of a URL that the user gave, by name and port
  bool is_on_listed_origin = false;  // the same by its scheme too
};

}  // namespace crawler
