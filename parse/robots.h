// A robots.txt, as RFC 9309 reads it.
//
//   const RobotsFile robots = RobotsFile::parse(body);
//   const RobotsRules rules = robots.rules_for(product_token("crawl/1.0 (+https://example.com/bot)"));
//   rules.allows(url);
//   robots.sitemaps();   // {"https://example.com/sitemap.xml"}
//
// Contract: total; parsing is linear, rules_for() sorts; the worst file takes some 10 MB while it is read. A
// product token matches a user-agent line that names it in full, in any case, up to the first character that
// no token has ("bot/2.0" names "bot"). A group is all rules after one or more user-agent lines: nothing else
// ends that list of names, no blank line and no Crawl-delay. A pattern that begins with neither '/' nor '*'
// is no rule. Thread-safe once parsed.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html; Crawl-delay and Sitemap are extensions of it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "parse/robots_lines.h"
#include "parse/robots_rules.h"

namespace parse {

/// The leading letters, '-' and '_' of a User-Agent: "crawl" of "crawl/1.0". May be empty, and then it names
/// nobody.
std::string_view product_token(std::string_view user_agent);

class RobotsFile {
 public:
  /// A Crawl-delay over it counts as this: a site that asks for more would see less than 24 fetches a day.
  static constexpr std::chrono::hours max_crawl_delay{1};

  static RobotsFile parse(std::string_view body);

  /// Of the groups that name the token; if there are none, of those for "*".
  RobotsRules rules_for(std::string_view token) const;

  /// As they are written, in whatever group; they should be absolute URLs.
  std::vector<std::string> sitemaps() const;

 private:
  struct Record {
    RobotsKey key;
    std::string value;
  };

  std::vector<Record> records_;
};

}  // namespace parse
