// Keeps a crawl out of the webs that sites make without end: calendars, session paths, sorted lists.
//
//   TrapFilter traps(following.budgets);
//   if (const auto trap = traps.judge(link)) skips.add(*trap, link.key());
//
// url_length: the URL without its fragment has more octets. path_depth: its path has more segments, empty
// ones not counted. segment_repeats: one segment stands more often in the path. query_orders: of one path and
// one set of parameters ("name=value", split at '&', empty ones not counted, two or more of them) this is one
// order too many.
//
// Contract: one thread. To be asked once for each URL that is not known yet: each answer counts as an order.
// Linear in the URL, but for the sort of its segments where a path may be deep. What is remembered of orders
// is 8 MB at most; sets that did not come by among the last 400,000 are forgotten, and so are all when a run
// is resumed. A bound of more than 65,534 orders is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "crawler/config.h"
#include "crawler/recent_counts.h"
#include "crawler/skips.h"
#include "parse/url.h"

namespace crawler {

class TrapFilter {
 public:
  explicit TrapFilter(const Budgets& budgets);
  /// The first bound that the URL is beyond.
  std::optional<SkipReason> judge(const parse::Url& url);

 private:
  std::optional<SkipReason> judge_path(std::string_view path);
  bool repeats_a_segment_too_often();
  bool is_one_order_too_many(const parse::Url& url);

  const Budgets budgets_;
  const std::uint64_t seed_;
  std::vector<std::string_view> segments_;  // of the path that is judged: kept for its memory
  RecentCounts orders_;
};

}  // namespace crawler
