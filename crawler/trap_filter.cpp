#include "crawler/trap_filter.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <xxhash.h>

#include "crawler/hash_seed.h"

namespace crawler {
namespace {

std::uint64_t hash(std::string_view text, std::uint64_t seed) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

bool exceeds(std::size_t number, std::size_t budget) { return budget != 0 && number > budget; }

/// Calls `take` with each part between separators that is not empty, until it returns false.
template <class Take>
void split(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0 && !take(text.substr(0, end))) return;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

TrapFilter::TrapFilter(const Budgets& budgets) : budgets_(budgets), seed_(random_hash_seed()) {}

std::optional<SkipReason> TrapFilter::judge(const parse::Url& url) {
  if (exceeds(url.key().size(), budgets_.url_length)) return SkipReason::url_length;
  if (const std::optional<SkipReason> trap = judge_path(url.path())) return trap;
  if (is_one_order_too_many(url)) return SkipReason::query_orders;
  return std::nullopt;
}

std::optional<SkipReason> TrapFilter::judge_path(std::string_view path) {
  segments_.clear();
  bool is_too_deep = false;
  split(path, '/', [&](std::string_view segment) {
    segments_.push_back(segment);
    is_too_deep = exceeds(segments_.size(), budgets_.path_depth);
    return !is_too_deep;
  });
  if (is_too_deep) return SkipReason::path_depth;
  if (repeats_a_segment_too_often()) return SkipReason::segment_repeats;
  return std::nullopt;
}

bool TrapFilter::repeats_a_segment_too_often() {
  if (!exceeds(segments_.size(), budgets_.segment_repeats)) return false;
  std::ranges::sort(segments_);
  // Sorted, equal ones stand together: one too many of them reach from here to there.
  for (std::size_t last = budgets_.segment_repeats; last < segments_.size(); ++last)
    if (segments_[last] == segments_[last - budgets_.segment_repeats]) return true;
  return false;
}

bool TrapFilter::is_one_order_too_many(const parse::Url& url) {
  if (budgets_.query_orders == 0 || url.query().empty()) return false;
  const std::string_view page = url.key().substr(0, url.key().size() - url.query().size());
  const std::uint64_t page_hash = hash(page, seed_);
  // A sum is the same in every order.
  std::uint64_t set_hash = page_hash;
  std::size_t parameters = 0;
  split(url.query(), '&', [&](std::string_view parameter) {
    set_hash += hash(parameter, page_hash);
    ++parameters;
    return true;
  });
  if (parameters < 2) return false;
  const std::uint16_t orders = orders_.add(set_hash);
  return exceeds(orders, budgets_.query_orders);
}

}  // namespace crawler
