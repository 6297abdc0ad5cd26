#include "crawler/recent_counts.h"

#include <algorithm>
#include <utility>

namespace crawler {
namespace {

constexpr std::size_t kFirstPlaces = 64;
constexpr int kCountBits = 16;
constexpr std::uint64_t kCountMask = RecentCounts::kMost;

bool is_free(std::uint64_t entry) { return (entry & kCountMask) == 0; }
bool have_same_hash(std::uint64_t a, std::uint64_t b) { return ((a ^ b) & ~kCountMask) == 0; }
std::uint16_t count_of(std::uint64_t entry) { return static_cast<std::uint16_t>(entry & kCountMask); }

}  // namespace

RecentCounts::RecentCounts(std::size_t generation) : generation_(std::max<std::size_t>(generation, 1)) {}

std::uint16_t RecentCounts::add(std::uint64_t hash) {
  if (std::uint64_t& known = young_[young_.find(hash)]; !is_free(known)) {
    if (count_of(known) < kMost) ++known;
    return count_of(known);
  }
  const std::uint16_t before = count_of(old_[old_.find(hash)]);
  const auto count = static_cast<std::uint16_t>(std::min(before + 1, int{kMost}));
  if (young_.size() == generation_) {
    std::swap(young_, old_);
    young_.clear();
  }
  young_.insert((hash & ~kCountMask) | count);
  return count;
}

RecentCounts::Table::Table() : places_(kFirstPlaces) {}

std::size_t RecentCounts::Table::find(std::uint64_t entry) const {
  const std::size_t mask = places_.size() - 1;  // a power of two
  std::size_t place = (entry >> kCountBits) & mask;
  while (!is_free(places_[place]) && !have_same_hash(places_[place], entry)) place = (place + 1) & mask;
  return place;
}

void RecentCounts::Table::insert(std::uint64_t entry) {
  if (4 * (size_ + 1) > 3 * places_.size()) {
    const auto before = std::exchange(places_, std::vector<std::uint64_t>(2 * places_.size()));
    for (const std::uint64_t known : before)
      if (!is_free(known)) places_[find(known)] = known;
  }
  places_[find(entry)] = entry;
  ++size_;
}

void RecentCounts::Table::clear() {
  std::ranges::fill(places_, 0);
  size_ = 0;
}

}  // namespace crawler
