// What a page, or the header it came with, asks of robots.
//
//   read_robots_header("noindex, otherbot: none", "crawl");     // {.noindex = true}
//   read_robots_meta("robots", "NOFOLLOW", "crawl");            // {.nofollow = true}
//   directives |= read_robots_meta("crawl", "none", "crawl");   // the most restrictive wins
//
// Contract: pure, total, linear. Names and directives are compared in any case; what is unknown is ignored.
// The token is what product_token() of robots.h gives.
//
// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag; there is no standard.
#pragma once

#include <string_view>

namespace parse {

struct RobotsDirectives {
  bool noindex = false;
  bool nofollow = false;
  bool noarchive = false;

  RobotsDirectives& operator|=(const RobotsDirectives& other);
  friend bool operator==(const RobotsDirectives&, const RobotsDirectives&) = default;
};

/// The value of one X-Robots-Tag header. "name:" binds what follows, up to the next name, to that robot.
RobotsDirectives read_robots_header(std::string_view value, std::string_view token);

/// A <meta name=… content=…>, which is meant if its name is "robots" or the token.
RobotsDirectives read_robots_meta(std::string_view name, std::string_view content, std::string_view token);

}  // namespace parse
