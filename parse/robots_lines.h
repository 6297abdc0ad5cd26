// The records of a robots.txt, a line at a time.
//
//   RobotsLines lines("User-agent: *  # all\nDissalow /tmp");
//   lines.next();   // {user_agent, "*"}
//   lines.next();   // {disallow, "/tmp"}: what people misspell is forgiven
//   lines.next();   // nullopt
//
// Contract: total, in linear time; values are views into the text, without white space around them, and may
// be empty. Lines end with CR, LF or both; those that are no record are passed over, and so is one with a
// control character in it. Of a text over max_size its first lines count, not the one that the limit cuts.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html#section-2.2 (and 2.5, 3); what is forgiven is
// what https://github.com/google/robotstxt forgives.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace parse {

enum class RobotsKey { user_agent, allow, disallow, crawl_delay, sitemap };

struct RobotsLine {
  RobotsKey key;
  std::string_view value;
};

class RobotsLines {
 public:
  /// 500 KiB: the least that the RFC lets a limit be, and what Google reads.
  static constexpr std::size_t max_size = 500 * 1024;

  explicit RobotsLines(std::string_view text);

  std::optional<RobotsLine> next();

 private:
  std::string_view rest_;
};

}  // namespace parse
