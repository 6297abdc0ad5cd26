#include "crawler/http/multi_pool.h"

#include <algorithm>
#include <cassert>

namespace crawler::http {

MultiPool::MultiPool(async::EventLoop& loop, std::size_t connections)
    : loop_(loop), connections_each_(std::clamp(connections, std::size_t{1}, kTransfersEach)) {}
MultiPool::~MultiPool() = default;

MultiPool::Seat MultiPool::take(std::string_view origin, const std::shared_ptr<const void>& addresses) {
  Home::Room& room = room_in(home_of(origin));
  Shard& shard = *room.shard;
  const bool needs_addresses = addresses != nullptr && room.addresses != addresses;
  ++shard.transfers;
  if (shard.hosts >= kHostsEach) retire(shard);
  return Seat(*this, shard, needs_addresses);
}

void MultiPool::note_told(const Seat& seat, std::string_view origin,
                          const std::shared_ptr<const void>& addresses) {
  const auto home = homes_.find(origin);
  if (home == homes_.end()) return;
  for (Home::Room& room : home->second.rooms)
    if (room.shard == seat.shard_) room.addresses = addresses;
}

MultiPool::Home& MultiPool::home_of(std::string_view origin) {
  const auto found = homes_.find(origin);
  return found != homes_.end() ? found->second : homes_[std::string(origin)];
}

MultiPool::Home::Room& MultiPool::room_in(Home& home) {
  const auto has_room = [](const Home::Room& room) { return room.shard->transfers < kTransfersEach; };
  const auto room = std::ranges::find_if(home.rooms, has_room);
  if (room != home.rooms.end()) return *room;
  Shard& shard = shard_with_room();
  ++shard.hosts;
  return home.rooms.emplace_back(&shard, nullptr);
}

MultiPool::Shard& MultiPool::shard_with_room() {
  for (std::size_t tried = 0; tried < open_.size(); ++tried, ++next_) {
    if (next_ >= open_.size()) next_ = 0;
    if (open_[next_]->transfers < kTransfersEach) return *open_[next_];
  }
  return *open_.emplace_back(std::make_unique<Shard>(loop_, connections_each_));
}

// Often from within libcurl's multi, which cannot go then.
void MultiPool::give_back(Shard& shard) noexcept {
  assert(shard.transfers > 0);
  --shard.transfers;
  if (shard.transfers == 0 && shard.hosts >= kHostsEach) loop_.timers().arm(*this, loop_.now());
}

void MultiPool::retire(Shard& shard) {
  const auto is_it = [&shard](const auto& other) { return other.get() == &shard; };
  const auto found = std::ranges::find_if(open_, is_it);
  retired_.push_back(std::move(*found));
  open_.erase(found);
  for (auto& [origin, home] : homes_)
    std::erase_if(home.rooms, [&shard](const Home::Room& room) { return room.shard == &shard; });
  std::erase_if(homes_, [](const auto& entry) { return entry.second.rooms.empty(); });
}

void MultiPool::fire() noexcept {
  std::erase_if(retired_, [](const std::unique_ptr<Shard>& shard) { return shard->transfers == 0; });
}

}  // namespace crawler::http
