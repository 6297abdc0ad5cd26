// What a crawl knows of its URLs, in bounded memory: what became of each, and not the URLs themselves.
//
//   const KnownUrls::Key key = known.key_of(url.key());
//   const auto before = known.find(key);
//   if (before && before->depth <= depth) …                            // nothing new
//   if (!known.set(key, {KnownUrls::Fate::waiting, depth})) …          // it is full: nothing was kept
//
// Contract: on one thread. Nothing is forgotten. bytes() is 101 MB for 10 million URLs, at most 9 bytes each
// and 17 MB, and 0.1 MB for none; so much is resident, give or take 17 MB. A look-up waits for memory, as
// does the next: whoever looks up many makes their keys first, some hundred at a time, and waits once. 60
// bits of a hash under a random seed stand for a URL, so that nobody can choose URLs that are taken for one
// another. By chance a new one is taken for a known one with a probability of size() / 2^60, and nothing
// tells. The probability that a crawl of 10 million has such a URL is 4.3e-5, one of 12.5 million 6.8e-5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace crawler {

class KnownUrls {
 public:
  enum class Fate : std::uint8_t {
    waiting,  // queued
    begun,    // handed out, or done
    outside,  // out of scope
    refused,  // never to be fetched
  };

  struct Known {
    Fate fate = Fate::waiting;
    int depth = 0;  // the smallest that it was met at
    bool operator==(const Known&) const = default;
  };

  /// Stands for a URL, in the set that made it and in no other.
  struct Key {
    std::uint64_t hash;
  };

  /// A larger depth is kept as this one, and one below 0 as 0.
  static constexpr int kLargestDepth = (1 << 14) - 2;

  /// Keeps `most` URLs.
  explicit KnownUrls(std::size_t most = 12'500'000);

  /// Also has the memory fetched that a look-up will read.
  Key key_of(std::string_view url) const;

  std::optional<Known> find(Key key) const;
  std::optional<Known> find(std::string_view url) const { return find(key_of(url)); }

  /// Adds it, or replaces what is known of it. False: it is full and the URL was not there; nothing is kept.
  bool set(Key key, Known known);
  bool set(std::string_view url, Known known) { return set(key_of(url), known); }

  std::size_t size() const { return size_; }
  bool is_full() const { return size_ >= most_; }
  std::size_t bytes() const;

 private:
  /// A sorted array with gaps, in lines as the processor's cache has them. An entry is a hash and, in its low
  /// bits, what is known. It stands in its home line, which is where it would be if all hashes were evenly
  /// spread, or in one that follows if that is full. So most look-ups read one line, a miss no more of them
  /// than a hit, and to grow is one pass in order.
  class Shard {
   public:
    /// The entry of a hash whose low bits are 0; null: there is none.
    std::uint64_t* find(std::uint64_t hash) const;
    /// Adds an entry that is not there. The `number` tells the shards apart, so that they do not all grow at
    /// once.
    void insert(std::uint64_t entry, std::uint32_t number);
    void prefetch(std::uint64_t hash) const { __builtin_prefetch(home_of(hash)); }
    std::size_t length() const;

   private:
    struct Release {
      std::size_t octets;
      void operator()(std::uint64_t* places) const noexcept;
    };

    static Shard of_lines(std::uint32_t lines);
    std::uint64_t* home_of(std::uint64_t hash) const;
    std::uint64_t* lower_bound(std::uint64_t entry) const;
    bool try_insert(std::uint64_t entry);

    std::unique_ptr<std::uint64_t[], Release> places_;
    std::uint32_t lines_ = 0;  // that are a home; one more follows
    std::uint32_t size_ = 0;
  };

  std::uint64_t seed_;
  std::size_t most_;
  std::size_t size_ = 0;
  std::vector<Shard> shards_;
};

}  // namespace crawler
