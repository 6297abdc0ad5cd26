// What a robots.txt lets one crawler fetch.
//
//   const RobotsRules rules = RobotsFile::parse(body).rules_for("crawl");
//   if (!rules.allows(url)) skip(url);
//   if (const auto delay = rules.crawl_delay()) pause(*delay);
//
// Contract: a value that owns what it needs and is kept for each host of a crawl: its patterns, and 24 bytes
// for each. One without rules allows everything. The longest pattern that matches decides, in octets of the
// spelling that robots_path.h gives; of equally long ones that allow wins; /robots.txt is always allowed.
// Rules are found by the text before their first '*', so that a look is logarithmic in their number where few
// have wildcards; it is linear in the path, and never backtracks. Path and patterns that together would cost
// more than max_work are not allowed. Thread-safe.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html#section-2.2.2
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parse/url.h"

namespace parse {

struct RobotsRule {
  std::string pattern;  // as normalize_robots_pattern() writes it; begins with '/' or '*'
  bool allows;
};

class RobotsRules {
 public:
  using Delay = std::optional<std::chrono::milliseconds>;

  /// What one look may spend on wildcards: the bytes of path and pattern for each that is tried, and
  /// work_a_try. That is 1,700 of them for a path of 100 bytes and 400 for one of 2 KiB, not counting those
  /// with a character that the path lacks; and a few milliseconds for the worst that a host can think of.
  static constexpr std::size_t max_work = 1024 * 1024;
  static constexpr std::size_t work_a_try = 512;

  RobotsRules() = default;
  RobotsRules(std::span<const RobotsRule> rules, Delay crawl_delay);

  bool allows(const Url& url) const;
  /// The pause that the site asks for between two fetches, which is no part of the RFC.
  Delay crawl_delay() const { return crawl_delay_; }
  /// What it takes in memory besides itself.
  std::size_t bytes() const { return patterns_.size() + rules_.size() * sizeof(Rule); }

 private:
  /// A pattern is its prefix, which has no wildcard, and what follows from the first '*', or the '$', on.
  struct Rule {
    std::uint64_t rest_bytes;  // the set of the rest's bytes, folded
    std::uint32_t begin;       // of the pattern in patterns_
    std::uint32_t size;
    std::uint32_t prefix_size;
    std::uint32_t next : 31;  // the next rule, towards the first, whose prefix begins this one's
    std::uint32_t allows : 1;
  };

  static constexpr std::uint32_t kNone = (1U << 31) - 1;

  std::string_view prefix(const Rule& rule) const {
    return std::string_view(patterns_).substr(rule.begin, rule.prefix_size);
  }
  std::string_view rest(const Rule& rule) const {
    return std::string_view(patterns_).substr(rule.begin + rule.prefix_size, rule.size - rule.prefix_size);
  }
  void add(std::string_view pattern, std::size_t prefix_size, bool allows);
  bool allows(std::string_view path) const;

  std::string patterns_;
  std::vector<Rule> rules_;  // by prefix, then by size; no pattern twice
  Delay crawl_delay_;
};

}  // namespace parse
