#include "crawler/follow_feed.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "crawler/async/async_generator.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task_group.h"
#include "crawler/async/timeout.h"
#include "crawler/database_session.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using namespace std::chrono_literals;

// So many URLs the schedule may have ahead: enough for all transfers, and for as many hosts as possible.
constexpr std::size_t kReadAhead = 20'000;
// A host that cannot be asked for so long gives its place to another, where places are short.
constexpr std::chrono::milliseconds kLongPause = 5s;

}  // namespace

Task<> FollowFeed::run() {
  const Schedule::Closing at_end(parts_.schedule);
  co_await async::task_group([this](TaskGroup& group) -> Task<> {
    const async::TaskHandle<> reading = group.spawn(read_whole_list(), "read the list");
    co_await claim_urls();
    reading.cancel();
  });
}

Task<> FollowFeed::read_whole_list() {
  co_await read_list();
  is_list_read_ = true;
  news_.set();
}

Task<> FollowFeed::claim_urls() {
  for (;;) {
    news_.clear();
    const std::size_t most = most_to_claim();
    Claims claims;
    if (most > 0) {
      Claims found = co_await parts_.sink.database()->claim(most);
      claims = std::move(found);
    }
    const auto count = static_cast<std::int64_t>(claims.urls.size());
    claimed_ += count;
    begun_ += count;
    for (FrontierUrl& url : claims.urls)
      parts_.schedule.put(std::move(url.url), std::move(url.claim), url.purpose);
    if (!claims.is_round_complete && most > 0 && count < static_cast<std::int64_t>(most)) continue;

    const bool is_idle = claimed_ == 0 && !claims.next_pause_ends;
    if (is_idle && has_enough() && parts_.report.waiting > 0) {
      note_limit();
      break;
    }
    if (is_idle && is_list_read_ && (has_enough() || count == 0)) break;
    if (is_full())
      co_await make_room();
    else
      co_await wait_for_news(claims.next_pause_ends);
  }
}

bool FollowFeed::is_full() const { return parts_.schedule.urls() >= read_ahead(); }

/// One at a time, the next is not handed out before the last has ended.
std::size_t FollowFeed::read_ahead() const { return parts_.config.is_sequential ? 1 : kReadAhead; }

/// So many that not each URL that ends has another one claimed for itself.
std::size_t FollowFeed::low_water() const { return read_ahead() / 4 * 3 + 1; }

bool FollowFeed::has_enough() const { return parts_.config.max_pages && begun_ >= *parts_.config.max_pages; }

std::size_t FollowFeed::most_to_claim() const {
  if (is_full() || has_enough()) return 0;
  const std::size_t room = read_ahead() - parts_.schedule.urls();
  if (!parts_.config.max_pages) return room;
  return std::min(room, static_cast<std::size_t>(*parts_.config.max_pages - begun_));
}

Task<> FollowFeed::wait_for_news(std::optional<std::chrono::milliseconds> at_most) {
  if (!at_most) {
    co_await news_.wait();
    co_return;
  }
  try {
    co_await async::timeout(*at_most, [this]() -> Task<> { co_await news_.wait(); });
  } catch (const async::TimedOut&) {
  }
}

Task<> FollowFeed::make_room() {
  std::vector<Claim> slow = parts_.schedule.give_back(kLongPause);
  if (!slow.empty()) {
    const auto given_back = static_cast<std::int64_t>(slow.size());
    co_await parts_.sink.database()->give_back(std::move(slow), kLongPause);
    claimed_ -= given_back;
    begun_ -= given_back;
    co_return;
  }
  try {
    co_await async::timeout(kLongPause,
                            [this]() -> Task<> { co_await parts_.schedule.wait_for_need(low_water()); });
  } catch (const async::TimedOut&) {
  }
}

void FollowFeed::note_commit(const Committed& committed) {
  claimed_ -= static_cast<std::int64_t>(committed.claims);
  begun_ -= static_cast<std::int64_t>(committed.skipped);
  news_.set();
}

Task<std::vector<SeedVerdict>> FollowFeed::judge(const SeedLines& lines) {
  std::vector<SeedVerdict> verdicts = co_await parts_.sink.database()->put_given(lines);
  parts_.report.waiting += std::ranges::count(verdicts, SeedVerdict::take);  // as the next commit will tell
  news_.set();
  co_return verdicts;
}

/// It is in the frontier already.
Task<> FollowFeed::put(parse::Url) { co_return; }

}  // namespace crawler
