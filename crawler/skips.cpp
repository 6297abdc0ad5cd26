#include "crawler/skips.h"

#include <utility>

namespace crawler {

std::string_view name(SkipReason reason) {
  switch (reason) {
    case SkipReason::out_of_scope:
      return "out_of_scope";
    case SkipReason::excluded:
      return "excluded";
    case SkipReason::too_deep:
      return "too_deep";
    case SkipReason::nofollow:
      return "nofollow";
    case SkipReason::robots:
      return "robots";
    case SkipReason::robots_unreachable:
      return "robots_unreachable";
    case SkipReason::type:
      return "type";
    case SkipReason::url_length:
      return "url_length";
    case SkipReason::path_depth:
      return "path_depth";
    case SkipReason::segment_repeats:
      return "segment_repeats";
    case SkipReason::query_orders:
      return "query_orders";
    case SkipReason::host_pages:
      return "host_pages";
    case SkipReason::sitemap_entries:
      return "sitemap_entries";
  }
  std::unreachable();
}

std::string_view describe(SkipReason reason) {
  switch (reason) {
    case SkipReason::out_of_scope:
      return "out of scope (--scope)";
    case SkipReason::excluded:
      return "excluded (--include, --exclude)";
    case SkipReason::too_deep:
      return "too deep (--depth)";
    case SkipReason::nofollow:
      return "links marked nofollow (--nofollow)";
    case SkipReason::robots:
      return "forbidden by robots.txt (--robots)";
    case SkipReason::robots_unreachable:
      return "robots.txt out of reach (--robots)";
    case SkipReason::type:
      return "of another type (--accept)";
    case SkipReason::url_length:
      return "URL too long (--budget url-length)";
    case SkipReason::path_depth:
      return "path too deep (--budget path-depth)";
    case SkipReason::segment_repeats:
      return "path repeats itself (--budget segment-repeats)";
    case SkipReason::query_orders:
      return "parameters only reordered (--budget query-orders)";
    case SkipReason::host_pages:
      return "too many of one host (--budget host-pages)";
    case SkipReason::sitemap_entries:
      return "beyond the 50,000th of a sitemap";
  }
  std::unreachable();
}

void Skips::add(SkipReason reason, std::string_view example, std::int64_t urls) {
  if (urls == 0) return;
  Skip& skip = skips_[reason];
  if (skip.urls == 0) skip.example = example;
  skip.urls += urls;
}

void Skips::take_back(SkipReason reason) {
  const auto skip = skips_.find(reason);
  if (skip == skips_.end()) return;
  if (--skip->second.urls == 0) skips_.erase(skip);
}

std::int64_t Skips::urls() const {
  std::int64_t sum = 0;
  for (const auto& [reason, skip] : skips_)
    if (reason != SkipReason::nofollow) sum += skip.urls;
  return sum;
}

}  // namespace crawler
