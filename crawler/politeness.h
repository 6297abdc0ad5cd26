// What hosts are spared: whose robots.txt is asked for, and how fast a host may be asked at most.
//
//   Politeness politeness;
//   politeness.robots = Robots::obey;
//   politeness.product_token = parse::product_token(config.user_agent);
//   Schedule schedule(client, bounds, politeness);
//
// Contract: a value. The default is a list's: nobody waits, and no robots.txt is asked for its URLs.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "crawler/config.h"

namespace crawler {

struct Politeness {
  Robots robots = Robots::discovered;
  bool takes_sitemaps = false;  // robots.txt is asked for those that it names, whomever it is obeyed for
  std::string product_token;    // what a robots.txt calls this crawler; empty: no rules but those for all
  std::size_t per_host = 0;     // requests to a host at once; 0: no limit
  std::chrono::milliseconds delay{};  // from the end of a request to a host to the next; one at a time then
  bool is_resumed = false;            // the run before may have asked any host just now
};

}  // namespace crawler
