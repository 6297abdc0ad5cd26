// Remembers which URLs came by lately, in bounded memory.
//
//   SeenUrls seen;
//   if (!seen.insert(url.key())) …            // came by before
//   if (seen.has_forgotten()) …               // a URL it does not know may still have come by: ask the
//   database
//
// Contract: knows at least the last `generation` URLs, at most twice as many, in 22 to 43 bytes each; no
// false positives to speak of (128-bit hashes under a random seed, so that nobody can make two URLs collide).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "crawler/hash_seed.h"

namespace crawler {

class SeenUrls {
 public:
  /// A generation that nothing outgrows: nothing is forgotten.
  static constexpr std::size_t kAll = std::size_t{1} << 62;

  explicit SeenUrls(std::size_t generation = std::size_t{1} << 17);

  /// False if it is known.
  bool insert(std::string_view url);
  bool contains(std::string_view url) const;
  bool has_forgotten() const { return has_forgotten_; }

 private:
  struct Hash {
    std::uint64_t low = 0, high = 0;
    bool operator==(const Hash&) const = default;
  };
  /// An open-addressing set, at most three quarters full; the zero hash marks a free place.
  class Set {
   public:
    explicit Set(std::size_t capacity) : places_(2 * capacity) {}
    bool contains(const Hash& hash) const { return places_[find(hash)] == hash; }
    void insert(const Hash& hash);
    std::size_t size() const { return size_; }
    void clear() {
      places_.assign(places_.size(), Hash{});
      size_ = 0;
    }

   private:
    std::size_t find(const Hash& hash) const;
    std::vector<Hash> places_;
    std::size_t size_ = 0;
  };

  Hash hash(std::string_view url) const;

  const std::uint64_t seed_ = random_hash_seed();
  std::size_t generation_;
  Set young_;
  Set old_;
  bool has_forgotten_ = false;
};

}  // namespace crawler
