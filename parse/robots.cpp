#include "parse/robots.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "parse/ascii.h"
#include "parse/robots_path.h"

namespace parse {
namespace {

using std::chrono::milliseconds;

bool names(std::string_view agent, std::string_view token) {
  return !token.empty() && equals_ignoring_case(product_token(agent), token);
}

/// "*", also where words follow it that were meant as a comment.
bool names_everyone(std::string_view agent) {
  return agent.starts_with('*') && (agent.size() == 1 || is_space(agent[1]));
}

/// Seconds, such as "10" or "0.5".
RobotsRules::Delay read_delay(std::string_view text) {
  constexpr std::int64_t kMost = milliseconds(RobotsFile::max_crawl_delay).count();
  if (std::ranges::none_of(text, is_digit)) return std::nullopt;
  std::int64_t total = 0;
  std::int64_t unit = 1000;
  bool is_fraction = false;
  for (const char c : text) {
    if (c == '.' && !is_fraction) {
      is_fraction = true;
    } else if (!is_digit(c)) {
      return std::nullopt;
    } else if (is_fraction) {
      unit /= 10;
      total += (c - '0') * unit;
    } else {
      total = std::min(total * 10 + (c - '0') * unit, kMost);
    }
  }
  return milliseconds(std::min(total, kMost));
}

}  // namespace

std::string_view product_token(std::string_view user_agent) {
  const auto end =
      std::ranges::find_if_not(user_agent, [](char c) { return is_letter(c) || c == '-' || c == '_'; });
  return user_agent.substr(0, static_cast<std::size_t>(end - user_agent.begin()));
}

RobotsFile RobotsFile::parse(std::string_view body) {
  RobotsFile file;
  RobotsLines lines(body);
  while (const std::optional<RobotsLine> line = lines.next())
    file.records_.push_back({line->key, std::string(line->value)});
  return file;
}

RobotsRules RobotsFile::rules_for(std::string_view token) const {
  const bool is_named = std::ranges::any_of(records_, [&](const Record& record) {
    return record.key == RobotsKey::user_agent && names(record.value, token);
  });

  std::vector<RobotsRule> rules;
  RobotsRules::Delay delay;
  bool is_meant = false;
  bool has_rules = false;  // the group so far: a user-agent line begins another
  for (const auto& [key, value] : records_) {
    switch (key) {
      case RobotsKey::user_agent:
        if (std::exchange(has_rules, false)) is_meant = false;
        is_meant = is_meant || (is_named ? names(value, token) : names_everyone(value));
        break;
      case RobotsKey::allow:
      case RobotsKey::disallow:
        has_rules = true;
        if (is_meant && (value.starts_with('/') || value.starts_with('*')))
          rules.push_back({normalize_robots_pattern(value), key == RobotsKey::allow});
        break;
      case RobotsKey::crawl_delay:
        // Of several the longest pleases all; nullopt is less than any.
        if (is_meant) delay = std::max(delay, read_delay(value));
        break;
      case RobotsKey::sitemap:
        break;
    }
  }
  return {rules, delay};
}

std::vector<std::string> RobotsFile::sitemaps() const {
  std::vector<std::string> urls;
  for (const auto& [key, value] : records_)
    if (key == RobotsKey::sitemap && !value.empty()) urls.push_back(value);
  return urls;
}

}  // namespace parse
