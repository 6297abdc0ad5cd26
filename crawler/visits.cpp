#include "crawler/visits.h"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/to_thread.h"
#include "crawler/page_error.h"
#include "crawler/page_reader.h"
#include "crawler/wall_clock.h"

namespace crawler {
namespace {

using async::Task;
using async::TaskGroup;

// Rows that wait for the disk: with these out, no transfer starts.
constexpr std::size_t kUncommittedRows = 2000;
// Bytes of whole pages that wait to be read or written: a batch on its way to the disk, and the next. More
// would only take memory where the network is faster than what comes after it.
constexpr std::size_t kBacklogBytes = 2 * RecordBatch::max_bytes;
// A page that takes long to read counts for so much of it, so that no single one keeps others from starting.
constexpr std::size_t kMostUnread = kBacklogBytes / 8;
// What a page weighs before it has a body: its frames, its row, its libcurl handle.
constexpr std::size_t kPageBytes = 16 * 1024;

}  // namespace

Visits::Visits(const Config& config, http::HttpClient& client, Schedule& schedule,
               async::Queue<Record>& records, RunReport& report, std::function<void()> on_failure)
    : schedule_(schedule),
      records_(records),
      report_(report),
      on_failure_(std::move(on_failure)),
      budget_(config.max_memory, [&client] { return client.body_bytes(); }),
      backlog_(kBacklogBytes),
      reading_(config),
      fetcher_(config, client),
      permits_(config.transfers_at_once()),
      places_(kUncommittedRows + config.concurrency) {}

Task<> Visits::run() {
  return async::task_group([this](TaskGroup& group) { return start(group); });
}

Task<> Visits::start(TaskGroup& group) {
  for (;;) {
    Hold hold;
    hold.place = co_await places_.acquire();
    co_await backlog_.wait_for_room();
    co_await budget_.wait_for_room();
    hold.charge = budget_.charge(kPageBytes);
    async::Semaphore::Permit permit = co_await permits_.acquire();
    std::optional<Turn> turn = co_await schedule_.next();
    if (!turn) co_return;
    if (!turn->answer().has_begun()) ++report_.under_way;
    std::string name = "visit ";
    name += turn->answer().final_url().key();
    group.spawn(visit(*std::move(turn), std::move(permit), std::move(hold)), std::move(name));
  }
}

/// One turn in the life of a URL.
Task<> Visits::visit(Turn turn, async::Semaphore::Permit permit, Hold hold) {
  turn.use();
  Answer& answer = turn.answer();
  try {
    const auto again = co_await fetcher_.fetch(turn);
    permit.release();
    if (again) {
      schedule_.put_back(std::move(turn), *again);
      co_return;
    }
    if (answer.response) {
      const std::size_t body = answer.response->body.size();
      hold.charge.set(kPageBytes + body);
      hold.backlog = backlog_.charge(std::min(body, kMostUnread));
    }
    co_await read(answer, hold);
  } catch (const async::Cancelled&) {
    if (!answer.has_begun()) throw;  // it counts among those left
    answer.response = std::unexpected(PageError::cancelled);
    end(std::move(answer), std::move(hold));
    throw;
  }
}

Task<> Visits::read(Answer& answer, Hold& hold) {
  if (!is_slow_to_read(answer, reading_)) {
    end(std::move(answer), std::move(hold));
    co_return;
  }
  std::optional<async::Semaphore::Permit> alone;
  if (is_huge_to_read(answer)) alone = co_await huge_reads_.acquire();
  // The thread owns what it reads; a cancellation still finds here what was asked.
  Answer whole(answer.url);
  whole.fetches = answer.fetches;
  std::swap(whole, answer);
  storage::PageOutcome page =
      co_await async::to_thread(&read_page, std::move(whole), reading_, now_iso8601());
  --report_.under_way;
  end(std::move(page), std::move(hold));
}

void Visits::end_cancelled() {
  for (Answer& answer : schedule_.take_begun()) {
    answer.response = std::unexpected(PageError::cancelled);
    end(std::move(answer), Hold());
  }
}

Task<> Visits::record(storage::PageOutcome page) {
  Hold hold;
  hold.place = co_await places_.acquire();
  ++report_.admitted;
  end(std::move(page), std::move(hold));
}

Task<> Visits::record(storage::SeedRow seed) {
  Record record;
  record.hold.place = co_await places_.acquire();
  record.row = std::move(seed);
  records_.put_now(std::move(record));
}

void Visits::end(Answer answer, Hold hold) {
  --report_.under_way;
  end(read_page(std::move(answer), reading_, now_iso8601()), std::move(hold));
}

/// Does not wait: a page that was finished cannot be lost to a cancellation.
void Visits::end(storage::PageOutcome page, Hold hold) {
  const bool has_failed = report_.add(page);
  const std::size_t bytes = size_of(page);
  hold.charge.set(bytes);
  hold.backlog = backlog_.charge(bytes);
  records_.put_now({.row = std::make_unique<storage::PageOutcome>(std::move(page)), .hold = std::move(hold)});
  if (has_failed) on_failure_();
}

}  // namespace crawler
