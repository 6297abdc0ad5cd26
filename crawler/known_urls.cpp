#include "crawler/known_urls.h"

#include <algorithm>
#include <memory>
#include <new>
#include <numeric>
#include <random>
#include <sys/mman.h>
#include <utility>

#include <xxhash.h>

namespace crawler {

namespace {

// A hash: 12 bits choose the shard, 48 stand in the entry, 4 are not used.
constexpr unsigned kShardBits = 12;
constexpr unsigned kDepthBits = 14;
constexpr std::uint64_t kKnownBits =
    0xFFFF;  // 2 of fate, 14 of depth; never all set, since no depth is that large
constexpr std::uint64_t kFree = ~std::uint64_t{0};  // so it is larger than every entry

constexpr std::size_t kLine = 8;  // places: the 64 octets that a cache loads at once
constexpr std::align_val_t kAlignment{kLine * sizeof(std::uint64_t)};
// Of 100 places. Then an entry is in the second line one time in five; fuller, inserting moves too many.
constexpr std::uint64_t kFullest = 90;
// From here on a shard is whole pages mapped for it alone. What it leaves behind as it grows goes back to the
// system at once; an allocator would keep it, for each of a shard's former sizes. 4,096 mappings are a
// sixteenth of what Linux allows a process.
constexpr std::size_t kPage = 4096;
constexpr std::uint32_t kLinesOfAPage = kPage / (kLine * sizeof(std::uint64_t));

std::uint32_t shard_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> (64 - kShardBits)); }
std::uint64_t rest_of(std::uint64_t hash) { return (hash << kShardBits) & ~kKnownBits; }

std::uint64_t packed(KnownUrls::Known known) {
  const int depth = std::clamp(known.depth, 0, KnownUrls::kLargestDepth);
  return static_cast<std::uint64_t>(known.fate) << kDepthBits | static_cast<std::uint64_t>(depth);
}

KnownUrls::Known unpacked(std::uint64_t entry) {
  const std::uint64_t bits = entry & kKnownBits;
  return {.fate = static_cast<KnownUrls::Fate>(bits >> kDepthBits),
          .depth = static_cast<int>(bits & ((1U << kDepthBits) - 1))};
}

/// How many lines come after these; one more always follows them. Below a page by a third, a quarter, a fifth
/// or a sixth, so that at any time some shards are full and some have just grown; then by a page.
std::uint32_t more_lines(std::uint32_t lines, std::uint32_t number) {
  const std::uint32_t wider = lines + 1 + lines / (3 + number % 4);
  if (wider + 1 < kLinesOfAPage) return wider;
  return ((lines + 1) / kLinesOfAPage + 1) * kLinesOfAPage - 1;
}

std::uint64_t* places_of(std::size_t octets) {
  if (octets < kPage) return static_cast<std::uint64_t*>(::operator new[](octets, kAlignment));
  void* const pages = ::mmap(nullptr, octets, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  return static_cast<std::uint64_t*>(pages);
}

}  // namespace

void KnownUrls::Shard::Release::operator()(std::uint64_t* places) const noexcept {
  if (octets < kPage)
    ::operator delete[](places, kAlignment);
  else
    ::munmap(places, octets);
}

KnownUrls::Shard KnownUrls::Shard::of_lines(std::uint32_t lines) {
  Shard shard;
  shard.lines_ = lines;
  const std::size_t octets = shard.length() * sizeof(std::uint64_t);
  shard.places_ = {places_of(octets), Release{octets}};
  std::uninitialized_fill_n(shard.places_.get(), shard.length(), kFree);
  return shard;
}

std::size_t KnownUrls::Shard::length() const { return lines_ == 0 ? 0 : (lines_ + std::size_t{1}) * kLine; }

std::uint64_t* KnownUrls::Shard::home_of(std::uint64_t hash) const {
  return places_.get() + ((hash >> 32) * lines_ >> 32) * kLine;
}

std::uint64_t* KnownUrls::Shard::lower_bound(std::uint64_t entry) const {
  // A line is counted through, without a branch to guess wrong. The last place of all is free, and ends it.
  for (std::uint64_t* line = home_of(entry);; line += kLine) {
    std::size_t smaller = 0;
    for (std::size_t i = 0; i < kLine; ++i) smaller += line[i] < entry ? 1 : 0;
    if (smaller < kLine) return line + smaller;
  }
}

std::uint64_t* KnownUrls::Shard::find(std::uint64_t hash) const {
  if (lines_ == 0) return nullptr;
  std::uint64_t* const place = lower_bound(hash);
  return *place - hash < kKnownBits ? place : nullptr;
}

bool KnownUrls::Shard::try_insert(std::uint64_t entry) {
  if ((size_ + std::uint64_t{1}) * 100 > lines_ * kLine * kFullest) return false;
  std::uint64_t* const place = lower_bound(entry);
  std::uint64_t* const last = places_.get() + length() - 1;
  std::uint64_t* const gap = std::find(place, last, kFree);
  if (gap == last) return false;
  std::move_backward(place, gap, gap + 1);
  *place = entry;
  ++size_;
  return true;
}

void KnownUrls::Shard::insert(std::uint64_t entry, std::uint32_t number) {
  for (std::uint32_t lines = lines_; !try_insert(entry);) {
    lines = more_lines(lines, number);
    Shard wider = of_lines(lines);
    const bool has_room = std::all_of(places_.get(), places_.get() + length(), [&wider](std::uint64_t known) {
      return known == kFree || wider.try_insert(known);
    });
    if (has_room) *this = std::move(wider);
  }
}

KnownUrls::KnownUrls(std::size_t most) : most_(most), shards_(std::size_t{1} << kShardBits) {
  std::random_device device;
  seed_ = std::uint64_t{device()} << 32 | device();
}

KnownUrls::Key KnownUrls::key_of(std::string_view url) const {
  const std::uint64_t hash = XXH3_64bits_withSeed(url.data(), url.size(), seed_);
  shards_[shard_of(hash)].prefetch(rest_of(hash));
  return {hash};
}

std::optional<KnownUrls::Known> KnownUrls::find(Key key) const {
  const std::uint64_t* const entry = shards_[shard_of(key.hash)].find(rest_of(key.hash));
  if (entry == nullptr) return std::nullopt;
  return unpacked(*entry);
}

bool KnownUrls::set(Key key, Known known) {
  const std::uint32_t number = shard_of(key.hash);
  const std::uint64_t entry = rest_of(key.hash) | packed(known);
  if (std::uint64_t* const before = shards_[number].find(rest_of(key.hash)); before != nullptr) {
    *before = entry;
    return true;
  }
  if (is_full()) return false;
  shards_[number].insert(entry, number);
  ++size_;
  return true;
}

std::size_t KnownUrls::bytes() const {
  return std::accumulate(shards_.begin(), shards_.end(), sizeof(*this),
                         [](std::size_t sum, const Shard& shard) {
                           return sum + sizeof(shard) + shard.length() * sizeof(std::uint64_t);
                         });
}

}  // namespace crawler
