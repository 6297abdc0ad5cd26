#include "parse/robots_rules.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "parse/byte_set.h"
#include "parse/robots_path.h"

namespace parse {
namespace {

constexpr ByteSet kSpecial("*$");

/// The set of a text's bytes, those equal modulo 64 sharing a bit: a text that lacks a bit of a pattern
/// cannot match it.
std::uint64_t fold_bytes(std::string_view text) {
  std::uint64_t bytes = 0;
  for (const char c : text) bytes |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63);
  return bytes;
}

/// As fold_bytes() of what a pattern's rest demands, which its special characters do not.
std::uint64_t fold_literals(std::string_view rest) {
  std::uint64_t bytes = 0;
  for (const char c : rest)
    if (!kSpecial.contains(c)) bytes |= fold_bytes({&c, 1});
  return bytes;
}

std::string_view prefix_of(std::string_view pattern) { return pattern.substr(0, kSpecial.find_in(pattern)); }

/// Where the piece ends in the text; npos if it is not there. Unlike find() of the standard library this is
/// linear in the text alone, however often the piece almost fits.
std::size_t find_end(std::string_view text, std::string_view piece) {
  const void* found = memmem(text.data(), text.size(), piece.data(), piece.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + piece.size();
}

/// Whether the rest of a pattern matches the text's beginning. Each piece between wildcards is taken where it
/// is first: if the pieces after it fit at all, then they fit after that.
bool matches(std::string_view rest, std::string_view text) {
  while (!rest.empty() && rest != "$") {
    rest.remove_prefix(1);  // a '*'
    const std::string_view piece = prefix_of(rest);
    rest.remove_prefix(piece.size());
    if (rest == "$") return text.ends_with(piece);
    const std::size_t end = find_end(text, piece);
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end);
  }
  return rest.empty() || text.empty();
}

std::string_view path_and_query(const Url& url) {
  const std::string_view key = url.key();
  return key.substr(static_cast<std::size_t>(url.path().data() - key.data()));
}

}  // namespace

RobotsRules::RobotsRules(std::span<const RobotsRule> rules, Delay crawl_delay) : crawl_delay_(crawl_delay) {
  struct Sorted {
    std::string_view prefix;
    std::size_t size;
    std::string_view pattern;
    bool is_disallow;  // of equal patterns the one that allows is to stay, and unique() keeps the first
    auto operator<=>(const Sorted&) const = default;
  };
  std::vector<Sorted> sorted;
  sorted.reserve(rules.size());
  for (const auto& [pattern, allows] : rules)
    sorted.push_back({prefix_of(pattern), pattern.size(), pattern, !allows});
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted, {}, &Sorted::pattern);
  sorted.erase(repeated.begin(), repeated.end());

  std::size_t total = 0;
  for (const Sorted& rule : sorted) total += rule.size;
  patterns_.reserve(total);
  rules_.reserve(sorted.size());
  for (const auto& [prefix, size, pattern, is_disallow] : sorted) add(pattern, prefix.size(), !is_disallow);
}

/// In the order of rules_.
void RobotsRules::add(std::string_view pattern, std::size_t prefix_size, bool allows) {
  const std::string_view prefix_added = pattern.substr(0, prefix_size);
  std::uint32_t next = rules_.empty() ? kNone : static_cast<std::uint32_t>(rules_.size() - 1);
  while (next != kNone && !prefix_added.starts_with(prefix(rules_[next]))) next = rules_[next].next;
  rules_.push_back({.rest_bytes = fold_literals(pattern.substr(prefix_size)),
                    .begin = static_cast<std::uint32_t>(patterns_.size()),
                    .size = static_cast<std::uint32_t>(pattern.size()),
                    .prefix_size = static_cast<std::uint32_t>(prefix_size),
                    .next = next & kNone,
                    .allows = allows});
  patterns_ += pattern;
}

bool RobotsRules::allows(const Url& url) const {
  if (rules_.empty()) return true;
  std::string storage;
  return allows(normalize_robots_path(path_and_query(url), storage));
}

bool RobotsRules::allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  // Every prefix that begins the path is that of the last rule not after the path, or one that begins this.
  const auto after =
      std::ranges::upper_bound(rules_, path, {}, [this](const Rule& rule) { return prefix(rule); });
  if (after == rules_.begin()) return true;
  const std::string_view nearest = prefix(*std::prev(after));
  const auto common = static_cast<std::size_t>(std::ranges::mismatch(nearest, path).in1 - nearest.begin());

  bool is_allowed = true;
  std::uint32_t longest = 0;
  std::optional<std::uint64_t> path_bytes;
  std::size_t work = 0;
  std::uint32_t next = static_cast<std::uint32_t>(after - rules_.begin() - 1);
  for (; next != kNone; next = rules_[next].next) {
    const Rule& rule = rules_[next];
    if (rule.prefix_size > common) continue;
    if (rule.size < longest || (rule.size == longest && !rule.allows)) continue;
    if (rule.size > rule.prefix_size) {
      if (!path_bytes) path_bytes = fold_bytes(path);
      if ((rule.rest_bytes & ~*path_bytes) != 0) continue;
      work += path.size() + rule.size + work_a_try;
      if (work > max_work) return false;
      if (!matches(rest(rule), path.substr(rule.prefix_size))) continue;
    }
    longest = rule.size;
    is_allowed = rule.allows;
  }
  return is_allowed;
}

}  // namespace parse
