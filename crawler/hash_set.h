// A set of hashes, in 11 to 22 bytes each.
//
//   HashSet hosts;
//   hosts.insert(hash);      // false if it is there
//   hosts.contains(hash);
//
// Contract: open addressing, at most three quarters full. The hashes are keyed (hash_seed.h): nobody else
// chooses them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace crawler {

class HashSet {
 public:
  bool insert(std::uint64_t hash) {
    if (contains(hash)) return false;
    if (4 * (size_ + 1) > 3 * places_.size()) grow();
    places_[find(hash)] = marked(hash);
    ++size_;
    return true;
  }
  bool contains(std::uint64_t hash) const { return places_[find(hash)] != kFree; }

 private:
  static constexpr std::uint64_t kFree = 0;
  static constexpr std::size_t kFirstPlaces = 16;

  static std::uint64_t marked(std::uint64_t hash) { return hash == kFree ? 1 : hash; }
  /// The place of a hash, or the free one where it would stand.
  std::size_t find(std::uint64_t hash) const {
    const std::size_t mask = places_.size() - 1;  // a power of two
    std::size_t place = marked(hash) & mask;
    while (places_[place] != kFree && places_[place] != marked(hash)) place = (place + 1) & mask;
    return place;
  }
  void grow() {
    const auto before = std::exchange(places_, std::vector<std::uint64_t>(2 * places_.size()));
    for (const std::uint64_t known : before)
      if (known != kFree) places_[find(known)] = known;
  }

  std::vector<std::uint64_t> places_ = std::vector<std::uint64_t>(kFirstPlaces);
  std::size_t size_ = 0;
};

}  // namespace crawler
