// What a crawl left alone, and why: counted by reason, each with an example.
//
//   Skips skips;
//   skips.add(SkipReason::out_of_scope, "https://elsewhere.example/");
//   for (const auto& [reason, skip] : skips.by_reason()) print(describe(reason), skip.urls, skip.example);
//
// Contract: a value of bounded size, whatever it counts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace crawler {

enum class SkipReason {
  out_of_scope,
  excluded,            // by --include or --exclude
  too_deep,            // for --depth
  nofollow,            // links, and not URLs: what they lead to may be found elsewhere
  robots,              // robots.txt forbids it
  robots_unreachable,  // robots.txt could not be had
  type,                // none that --accept names
  url_length,
  path_depth,
  segment_repeats,
  query_orders,
  host_pages,
  sitemap_entries,
};

/// As it stands in the table `skipped`: "out_of_scope".
std::string_view name(SkipReason reason);
/// For people: "out of scope (--scope)".
std::string_view describe(SkipReason reason);

struct Skip {
  std::int64_t urls = 0;
  std::string example;  // the first
};

class Skips {
 public:
  void add(SkipReason reason, std::string_view example, std::int64_t urls = 1);
  /// One of those counted is not left alone after all.
  void take_back(SkipReason reason);

  const std::map<SkipReason, Skip>& by_reason() const { return skips_; }
  /// All URLs; links that were not followed are none.
  std::int64_t urls() const;

 private:
  std::map<SkipReason, Skip> skips_;
};

}  // namespace crawler
