// How often each of many hashes came by lately, in bounded memory.
//
//   RecentCounts counts;
//   counts.add(hash);      // 1
//   counts.add(hash);      // 2
//
// Contract: knows at least the last `generation` hashes that were added, at most twice as many; one that is
// added again is kept. A count ends at 65,535. With the default at most 8 MB. Of a hash 48 bits are kept: one
// in some 300 million new ones is taken for another. The hashes are keyed (hash_seed.h): nobody else chooses
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crawler {

class RecentCounts {
 public:
  static constexpr std::uint16_t kMost = 65'535;

  explicit RecentCounts(std::size_t generation = 393'216);

  /// How often it has come by, this time included.
  std::uint16_t add(std::uint64_t hash);

 private:
  /// An open-addressing table, at most three quarters full; a count of 0 marks a free place.
  class Table {
   public:
    Table();
    /// The place of a hash, or the free one where it would stand.
    std::size_t find(std::uint64_t entry) const;
    std::uint64_t& operator[](std::size_t place) { return places_[place]; }
    void insert(std::uint64_t entry);
    std::size_t size() const { return size_; }
    void clear();

   private:
    std::vector<std::uint64_t> places_;  // 48 bits of the hash, 16 of the count
    std::size_t size_ = 0;
  };

  const std::size_t generation_;
  Table young_;
  Table old_;
};

}  // namespace crawler
