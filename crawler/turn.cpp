#include "crawler/turn.h"

#include <utility>

#include "crawler/host.h"
#include "crawler/schedule.h"

namespace crawler {

Turn::Turn(Schedule& schedule, Host& host, std::list<Answer> url, std::size_t bytes)
    : schedule_(&schedule),
      host_(&host),
      url_(std::move(url)),
      bytes_(bytes),
      began_(schedule.loop().now()),
      look_up_time_(host.take_look_up_time()) {
  if (const auto error = host.obstacle(answer().final_url(), began_))
    obstacle_ = Obstacle{.error = *error, .may_pass = *error == PageError::dns && host.has_silent_resolver()};
}

Turn::Turn(Schedule& schedule, std::list<Answer> url, std::size_t bytes, const Obstacle& obstacle)
    : schedule_(&schedule),
      host_(nullptr),
      url_(std::move(url)),
      bytes_(bytes),
      began_(schedule.loop().now()),
      obstacle_(obstacle) {}

Turn::Turn(Turn&& other) noexcept
    : schedule_(std::exchange(other.schedule_, nullptr)),
      host_(std::exchange(other.host_, nullptr)),
      url_(std::move(other.url_)),
      bytes_(other.bytes_),
      began_(other.began_),
      look_up_time_(other.look_up_time_),
      obstacle_(other.obstacle_),
      is_used_(other.is_used_) {}

Turn::~Turn() {
  end_transfer();
  if (schedule_ == nullptr) return;
  if (!is_used_ && answer().has_begun())
    schedule_->put_back(std::move(*this), began_);
  else
    schedule_->end_url(bytes_);
}

std::shared_ptr<const http::Addresses> Turn::addresses() const { return host_->addresses(); }

http::ConnectWatcher* Turn::connect_watcher() const { return host_->has_connected() ? nullptr : host_; }

void Turn::note_answer() { host_->note_answer(answer().final_url(), began_); }

bool Turn::note_refusal(std::optional<std::chrono::seconds> retry_after) {
  host_->note_refusal(answer().final_url(), schedule_->loop().now(), began_, retry_after,
                      schedule_->random_());
  return host_->is_waited_for();
}

void Turn::note_no_connection() { host_->note_no_connection(answer().final_url(), schedule_->loop().now()); }

void Turn::end_transfer() {
  if (host_ != nullptr) schedule_->end_turn(*std::exchange(host_, nullptr), !obstacle_);
}

}  // namespace crawler
