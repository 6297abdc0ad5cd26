#include "crawler/follow_feed.h"

#include <algorithm>
#include <string>
#include <utility>

#include "crawler/async/async_generator.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task_group.h"
#include "crawler/async/timeout.h"
#include "crawler/database_session.h"
#include "crawler/frontier.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;
using namespace std::chrono_literals;

// So many URLs the schedule may have ahead: enough for all transfers, and for as many hosts as possible.
constexpr std::size_t kReadAhead = 20'000;
// A URL may have 64 KiB, and so may the one that it was found on: so many are counted by the schedule, which
// bounds their bytes, before more are claimed.
constexpr std::size_t kClaimedAtOnce = 500;
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

/// A frontier that goes on knows no credentials before the user has given them again. Lines of standard input
/// may take for ever to come: the first of them have to do.
Task<> FollowFeed::wait_for_what_was_given() {
  const std::vector<std::string>& sources = parts_.config.sources;
  const bool is_stream = std::ranges::find(sources, "-") != sources.end();
  while (!is_list_read_) {
    news_.clear();
    co_await news_.wait();
    if (is_stream) co_return;
  }
}

Task<> FollowFeed::claim_urls() {
  if (parts_.sink.database()->run().resumed_from) co_await wait_for_what_was_given();
  for (;;) {
    news_.clear();
    const Round round = co_await claim_round();
    const bool is_idle = claimed_ == 0 && !round.next_pause_ends && !news_.is_set();
    if (is_idle && has_enough() && parts_.report.waiting > 0) {
      note_limit();
      break;
    }
    if (is_idle && is_list_read_ && (has_enough() || round.is_complete)) break;
    if (is_full())
      co_await make_room();
    else
      co_await wait_for_news(round.next_pause_ends);
  }
}

Task<FollowFeed::Round> FollowFeed::claim_round() {
  Round round;
  bool is_first = true;
  for (std::size_t most = most_to_claim(); most > 0 && !round.is_complete; most = most_to_claim()) {
    Claims claims = co_await parts_.sink.database()->claim(most, std::exchange(is_first, false));
    const auto count = static_cast<std::int64_t>(claims.urls.size());
    claimed_ += count;
    begun_ += count;
    for (FrontierUrl& url : claims.urls)
      parts_.schedule.put(std::move(url.url), std::move(url.claim), url.purpose);
    round.is_complete = claims.is_round_complete;
    if (!claims.next_pause_ends) continue;
    const auto ends = round.next_pause_ends.value_or(*claims.next_pause_ends);
    round.next_pause_ends = std::min(ends, *claims.next_pause_ends);
  }
  co_return round;
}

bool FollowFeed::is_full() const {
  return parts_.schedule.urls() >= read_ahead() || parts_.schedule.is_full();
}

/// One at a time, the next is not handed out before the last has ended.
std::size_t FollowFeed::read_ahead() const { return parts_.config.is_sequential ? 1 : kReadAhead; }

/// So many that not each URL that ends has another one claimed for itself.
std::size_t FollowFeed::low_water() const { return read_ahead() / 4 * 3 + 1; }

bool FollowFeed::has_enough() const { return parts_.config.max_pages && begun_ >= *parts_.config.max_pages; }

std::size_t FollowFeed::most_to_claim() const {
  if (is_full() || has_enough()) return 0;
  const std::size_t room = std::min(read_ahead() - parts_.schedule.urls(), kClaimedAtOnce);
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
