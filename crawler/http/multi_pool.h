// Many multi handles on one loop, because one with many connections, or one that has seen many hosts, is
// slow.
//
//   MultiPool::Seat seat = pool.take(origin_of(url).key, addresses);
//   if (seat.needs_addresses()) …                         // CURLOPT_RESOLVE
//   seat.multi().add(easy, owner);
//   …
//   pool.note_told(seat, origin_of(url).key, addresses);
//   // the seat is given back when it goes: after its handle has left the multi
//
// libcurl walks all connections of a multi, and all hosts that it ever saw, for a transfer. So a multi
// carries some 100 transfers, and is retired after some hundred hosts: it gets no more, and goes when the
// last has ended. A host's transfers go to the multi that has a connection to it, as long as that has room,
// and then to others.
//
// Contract: loop thread only; outlives its seats. How many transfers there are at once is the caller's to
// limit. What is known of hosts is bounded by the multis at work.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "crawler/async/event_loop.h"
#include "crawler/async/timer.h"
#include "crawler/http/curl_multi.h"

namespace crawler::http {

class MultiPool final : private async::Timer {
 public:
  class Seat;

  static constexpr std::size_t kTransfersEach = 100;
  static constexpr std::size_t kHostsEach = 500;

  /// A multi keeps so many connections, idle ones included, but no more than it carries transfers.
  MultiPool(async::EventLoop& loop, std::size_t connections);
  ~MultiPool();

  /// `addresses`: what the host's name stands for, null if libcurl need not be told.
  Seat take(std::string_view origin, const std::shared_ptr<const void>& addresses);
  /// The seat's multi knows the addresses from now on: a transfer that told them has begun.
  void note_told(const Seat& seat, std::string_view origin, const std::shared_ptr<const void>& addresses);
  /// How many there are, those that are retired but not yet gone included.
  std::size_t multis() const { return open_.size() + retired_.size(); }

 private:
  struct Shard {
    Shard(async::EventLoop& loop, std::size_t connections) : multi(loop, connections) {}
    CurlMulti multi;
    std::size_t transfers = 0;
    std::size_t hosts = 0;
  };
  /// Where an origin's transfers have gone, the first choice first.
  struct Home {
    struct Room {
      Shard* shard;
      std::shared_ptr<const void> addresses;  // those that the multi knows
    };
    std::vector<Room> rooms;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  Home& home_of(std::string_view origin);
  Home::Room& room_in(Home& home);
  Shard& shard_with_room();
  void give_back(Shard& shard) noexcept;
  void retire(Shard& shard);
  void fire() noexcept override;

  async::EventLoop& loop_;
  const std::size_t connections_each_;
  std::vector<std::unique_ptr<Shard>> open_;
  std::vector<std::unique_ptr<Shard>> retired_;
  std::size_t next_ = 0;  // of open_: where the search for room goes on
  std::unordered_map<std::string, Home, Hash, std::equal_to<>> homes_;
};

/// A place for one transfer.
class [[nodiscard]] MultiPool::Seat {
 public:
  Seat(Seat&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)),
        shard_(other.shard_),
        needs_addresses_(other.needs_addresses_) {}
  Seat& operator=(Seat&&) = delete;
  ~Seat() {
    if (pool_ != nullptr) pool_->give_back(*shard_);
  }

  CurlMulti& multi() const { return shard_->multi; }
  /// Whether the transfer is to tell libcurl the addresses: its multi has none of the host, or others.
  bool needs_addresses() const { return needs_addresses_; }

 private:
  friend class MultiPool;
  Seat(MultiPool& pool, Shard& shard, bool needs_addresses)
      : pool_(&pool), shard_(&shard), needs_addresses_(needs_addresses) {}

  MultiPool* pool_;
  Shard* shard_;
  bool needs_addresses_;
};

}  // namespace crawler::http
