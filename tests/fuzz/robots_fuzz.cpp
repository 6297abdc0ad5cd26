// A path and query, or the value of an X-Robots-Tag, on the first line; a robots.txt after it. What is
// allowed must be what a plain reading allows: groups gathered first, every pattern tried, by a table instead
// of a search.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parse/ascii.h"
#include "parse/robots.h"
#include "parse/robots_directives.h"
#include "parse/robots_path.h"

namespace {

using namespace parse;

constexpr std::string_view kToken = "foobot";
/// The plain reading takes time by the product of its inputs.
constexpr std::size_t kSmall = 1000;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Group {
  std::vector<std::string_view> agents;
  std::vector<RobotsRule> rules;
};

std::vector<Group> read_groups(std::string_view body) {
  std::vector<Group> groups;
  RobotsLines lines(body);
  while (const auto line = lines.next()) {
    if (line->key == RobotsKey::user_agent) {
      if (groups.empty() || !groups.back().rules.empty()) groups.emplace_back();
      groups.back().agents.push_back(line->value);
    } else if (line->key == RobotsKey::allow || line->key == RobotsKey::disallow) {
      const bool allows = line->key == RobotsKey::allow;
      if (!groups.empty()) groups.back().rules.push_back({normalize_robots_pattern(line->value), allows});
    }
  }
  return groups;
}

bool names_token(std::string_view agent) {
  return equals_ignoring_case(agent.substr(0, kToken.size()), kToken) &&
         product_token(agent).size() == kToken.size();
}

bool names_all(std::string_view agent) {
  return agent == "*" || agent.starts_with("* ") || agent.starts_with("*\t");
}

/// ends[i] is whether what was read of the pattern can end at path[i].
bool matches(std::string_view pattern, std::string_view path) {
  std::vector<bool> ends(path.size() + 1);
  ends[0] = true;
  for (const char c : pattern) {
    if (c == '$') return ends[path.size()];
    std::vector<bool> next(path.size() + 1);
    for (std::size_t i = 0; i <= path.size(); ++i) {
      if (c == '*')
        next[i] = ends[i] || (i > 0 && next[i - 1]);
      else
        next[i] = i > 0 && ends[i - 1] && path[i - 1] == c;
    }
    ends = next;
  }
  return std::ranges::find(ends, true) != ends.end();
}

bool allows_plainly(std::string_view body, std::string_view path) {
  const std::vector<Group> groups = read_groups(body);
  const auto has = [](auto is_named) {
    return [is_named](const Group& group) { return std::ranges::any_of(group.agents, is_named); };
  };
  const bool is_named = std::ranges::any_of(groups, has(names_token));
  bool is_allowed = true;
  std::size_t longest = 0;
  for (const Group& group : groups) {
    if (!(is_named ? has(names_token)(group) : has(names_all)(group))) continue;
    for (const auto& [pattern, allows] : group.rules) {
      if (pattern.size() < longest || !matches(pattern, path) || pattern.empty()) continue;
      is_allowed = allows || (pattern.size() == longest && is_allowed);
      longest = pattern.size();
    }
  }
  return is_allowed || path == "/robots.txt";
}

void check_normal(std::string_view normal, std::string_view text) {
  require(normal.size() <= 3 * text.size());
  for (const char c : normal) require(c > ' ' && c < '\x7F');
}

void check_directives(std::string_view value) {
  const RobotsDirectives directives = read_robots_header(value, kToken);
  require(read_robots_header(to_lower(value), kToken) == directives);
  RobotsDirectives of_all = read_robots_header(std::string("robots:noindex,").append(value), kToken);
  require(of_all.noindex);
  of_all.noindex = directives.noindex;
  require(of_all == directives);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view first = input.substr(0, end);
  const std::string_view body = input.substr(std::min(end + 1, input.size()));
  check_directives(first);

  const RobotsFile file = RobotsFile::parse(body);
  for (const std::string& sitemap : file.sitemaps())
    require(!sitemap.empty() && sitemap.find_first_of("\r\n") == std::string::npos);
  const RobotsRules rules = file.rules_for(kToken);
  const RobotsRules::Delay delay = rules.crawl_delay();
  require(!delay || (delay->count() >= 0 && *delay <= RobotsFile::max_crawl_delay));
  check_normal(normalize_robots_pattern(first), first);

  const auto url = Url::parse(std::string("http://h/").append(first));
  if (!url) return 0;
  const std::string_view path = url->key().substr(std::string_view("http://h").size());
  std::string storage;
  const std::string_view normal = normalize_robots_path(path, storage);
  check_normal(normal, path);
  const bool is_allowed = rules.allows(*url);
  if (size < kSmall) require(is_allowed == allows_plainly(body, normal));
  return 0;
}
