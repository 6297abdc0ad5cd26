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
#include "crawler/origin_robots.h"
#include "crawler/page_error.h"
#include "crawler/page_key.h"
#include "crawler/page_reader.h"
#include "crawler/sitemap_links.h"
#include "crawler/wall_clock.h"
#include "parse/robots_access.h"

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

/// What is read on a thread is the thread's own; a cancellation still finds here what was asked.
Answer take_whole(Answer& answer) {
  Answer whole(answer.url, answer.claim, answer.purpose);
  whole.fetches = answer.fetches;
  std::swap(whole, answer);
  return whole;
}

SitemapLinks sitemap_links(const Answer& answer) {
  return read_sitemap(answer.response->body, answer.final_url());
}

/// One that could not be had may be had by the next run.
bool is_worth_keeping(const storage::RobotsRow& row) {
  return row.asked_at > 0 && parse::robots_access(row.status, 0) != parse::RobotsAccess::none;
}

/// Why a URL that was found gets no row.
std::optional<SkipReason> skip_reason(Turn& turn) {
  const Answer& answer = turn.answer();
  const bool is_given = !answer.claim || answer.claim->is_listed;
  if (is_given || answer.response || answer.response.error() != PageError::robots) return std::nullopt;
  return turn.is_robots_unreachable() ? SkipReason::robots_unreachable : SkipReason::robots;
}

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
    if (answer.purpose == Purpose::robots)
      end_robots(std::move(answer), std::move(hold));
    else if (answer.purpose == Purpose::sitemap)
      co_await end_sitemap(answer, hold);
    else if (const auto reason = skip_reason(turn))
      end_skipped(std::move(answer), *reason, std::move(hold));
    else
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
  ReadPage page = co_await async::to_thread(&read_page, take_whole(answer), reading_, now_iso8601());
  --report_.under_way;
  end(std::move(page), std::move(hold));
}

/// It has no row of its own.
Task<> Visits::end_sitemap(Answer& answer, Hold& hold) {
  Ended ended;
  ended.finding = Finding{.claim = answer.claim, .purpose = Purpose::sitemap, .key = key_of(answer)};
  ended.finding->redirect = answer.redirect;
  if (answer.response && answer.response->status < 300) {
    const async::Semaphore::Permit alone = co_await huge_reads_.acquire();
    SitemapLinks found = co_await async::to_thread(&sitemap_links, take_whole(answer));
    ended.finding->add(std::move(found));
  }
  end_without_page(std::move(answer), std::move(ended), std::move(hold));
}

/// The schedule waits for it.
void Visits::end_robots(Answer answer, Hold hold) {
  storage::RobotsRow row = robots_row(answer, now_in_seconds());
  schedule_.set_robots(row);
  Ended ended;
  if (reading_.takes_sitemaps) ended.finding = sitemaps_in(row);
  if (is_worth_keeping(row)) ended.robots = std::move(row);
  end_without_page(std::move(answer), std::move(ended), std::move(hold));
}

/// A URL that was found, and that nothing was asked for.
void Visits::end_skipped(Answer answer, SkipReason reason, Hold hold) {
  Ended ended;
  ended.finding = Finding{.claim = answer.claim, .key = key_of(answer), .skipped = reason};
  end_without_page(std::move(answer), std::move(ended), std::move(hold));
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
  end(ReadPage{.row = std::move(page)}, std::move(hold));
}

Task<> Visits::record(Finding finding) {
  Hold hold;
  hold.place = co_await places_.acquire();
  Ended ended;
  ended.finding = std::move(finding);
  put(std::move(ended), std::move(hold));
}

Task<> Visits::record(storage::SeedRow seed) {
  Record record;
  record.hold.place = co_await places_.acquire();
  record.what = std::move(seed);
  records_.put_now(std::move(record));
}

/// A sitemap or a robots.txt that was cancelled is asked for again in another run.
void Visits::end(Answer answer, Hold hold) {
  if (answer.purpose != Purpose::page) return end_without_page(std::move(answer), Ended(), std::move(hold));
  --report_.under_way;
  end(read_page(std::move(answer), reading_, now_iso8601()), std::move(hold));
}

void Visits::end(ReadPage page, Hold hold) {
  const bool is_listed = !page.finding || page.finding->claim->is_listed;
  const bool has_failed = report_.add(page.row, is_listed);
  Ended ended;
  ended.page = std::move(page.row);
  ended.finding = std::move(page.finding);
  put(std::move(ended), std::move(hold));
  if (has_failed && is_listed) on_failure_();
}

void Visits::end_without_page(Answer answer, Ended ended, Hold hold) {
  --report_.under_way;
  report_.add_requests(answer.fetches);
  ended.fetches = std::move(answer.fetches);
  put(std::move(ended), std::move(hold));
}

/// Does not wait: what was finished cannot be lost to a cancellation.
void Visits::put(Ended ended, Hold hold) {
  const std::size_t bytes = size_of(ended);
  hold.charge.set(bytes);
  hold.backlog = backlog_.charge(bytes);
  records_.put_now({.what = std::make_unique<Ended>(std::move(ended)), .hold = std::move(hold)});
}

std::string Visits::key_of(const Answer& answer) const {
  return page_key(answer.url, reading_.ignores_tracking);
}

}  // namespace crawler
