#include "crawler/seen_urls.h"

#include <algorithm>
#include <bit>
#include <utility>

#include <xxhash.h>

namespace crawler {

namespace {

constexpr std::size_t kFirstPlaces = 1024;

}  // namespace

SeenUrls::SeenUrls(std::size_t generation)
    : generation_(std::bit_ceil(std::max<std::size_t>(generation, 1))),
      young_(std::min(generation_, kFirstPlaces)),
      old_(std::min(generation_, kFirstPlaces)) {}

std::size_t SeenUrls::Set::find(const Hash& hash) const {
  const std::size_t mask = places_.size() - 1;  // a power of two
  std::size_t place = hash.low & mask;
  while (places_[place] != Hash{} && places_[place] != hash) place = (place + 1) & mask;
  return place;
}

void SeenUrls::Set::insert(const Hash& hash) {
  if (4 * (size_ + 1) > 3 * places_.size()) {
    const std::vector<Hash> before = std::exchange(places_, std::vector<Hash>(2 * places_.size()));
    for (const Hash& known : before)
      if (known != Hash{}) places_[find(known)] = known;
  }
  places_[find(hash)] = hash;
  ++size_;
}

SeenUrls::Hash SeenUrls::hash(std::string_view url) const {
  const XXH128_hash_t bits = XXH3_128bits_withSeed(url.data(), url.size(), seed_);
  return {.low = bits.low64, .high = bits.high64 | 1};  // never the mark of a free place
}

bool SeenUrls::contains(std::string_view url) const {
  const Hash sought = hash(url);
  return young_.contains(sought) || old_.contains(sought);
}

bool SeenUrls::insert(std::string_view url) {
  const Hash added = hash(url);
  if (young_.contains(added)) return false;
  const bool is_known = old_.contains(added);
  if (young_.size() == generation_) {
    has_forgotten_ |= old_.size() > 0;
    std::swap(young_, old_);
    young_.clear();
  }
  young_.insert(added);
  return !is_known;
}

}  // namespace crawler
