#include "crawler/feed.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace crawler {

using async::Task;

Task<> Feed::read_list() {
  try {
    co_await take_lines();
  } catch (const BadSource& error) {
    // The visits under way go on to their end.
    if (is_stopping_) co_return;
    parts_.outcome.ending = RunEnding::bad_input;
    parts_.outcome.failure = error.what();
  }
}

void Feed::note_limit() {
  if (!is_stopping_) parts_.outcome.ending = RunEnding::limited;
}

Task<> Feed::take_lines() {
  RunReport& report = parts_.report;
  async::AsyncGenerator<SeedLines> chunks = parts_.source.lines();
  while (auto lines = co_await chunks.next()) {
    report.left += static_cast<std::int64_t>(lines->size());
    const std::vector<SeedVerdict> verdicts = co_await judge(*lines);
    report.left -= std::ranges::count(verdicts, SeedVerdict::done_before);
    for (std::size_t i = 0; i < lines->size(); ++i) {
      if (verdicts[i] == SeedVerdict::take && is_satisfied()) {
        note_limit();
        co_return;
      }
      co_await take(std::move((*lines)[i]), verdicts[i]);
      if (verdicts[i] != SeedVerdict::done_before) --report.left;
    }
  }
}

Task<> Feed::take(SeedLine line, SeedVerdict verdict) {
  RunReport& report = parts_.report;
  if (verdict == SeedVerdict::done_before) {
    ++report.done_before;
    co_return;
  }
  if (verdict != SeedVerdict::take || !line.given.empty())
    co_await parts_.visits.record(seed_row(line, verdict));
  if (verdict == SeedVerdict::duplicate) ++report.duplicates;
  if (verdict == SeedVerdict::reject) {
    report.add_reject();
    parts_.note_failure();
  }
  if (verdict != SeedVerdict::take) co_return;

  if (line.url)
    co_await put(*std::move(line.url));
  else
    co_await parts_.visits.record(bad_url(std::move(line.key)));
}

}  // namespace crawler
