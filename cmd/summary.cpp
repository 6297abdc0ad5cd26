#include "cmd/summary.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <signal.h>
#include <utility>
#include <vector>

#include "cmd/figures.h"
#include "crawler/skips.h"

namespace cmd {
namespace {

using crawler::RunEnding;
using crawler::RunOutcome;
using crawler::RunReport;

std::string signal_name(int number) {
  switch (number) {
    case SIGHUP:
      return "SIGHUP";
    case SIGINT:
      return "SIGINT";
    case SIGTERM:
      return "SIGTERM";
    default:
      return "signal " + std::to_string(number);
  }
}

// A server may answer with any of 600 statuses that stand for a failure.
constexpr std::size_t kKindsOfFailure = 8;
// What is left alone is told a line each, with as much of its example as there is room for.
constexpr std::size_t kSkipColumns = 100;

/// The most frequent first; of the same count in the order of their keys. No std::stable_sort, since with
/// libstdc++ 12 clang warns of what that is made of.
template <class Entry, class Count>
void sort_by_count(std::vector<Entry>& entries, Count count) {
  std::ranges::sort(entries, [&count](const Entry& one, const Entry& other) {
    const std::int64_t of_one = std::invoke(count, one.second);
    const std::int64_t of_other = std::invoke(count, other.second);
    return of_one == of_other ? one.first < other.first : of_one > of_other;
  });
}

/// "timeout 3, status 404 1": the most frequent first.
std::string failures_of(const RunReport& report) {
  std::vector<std::pair<std::string, std::int64_t>> kinds(report.failures.begin(), report.failures.end());
  sort_by_count(kinds, std::identity());
  std::string list;
  std::int64_t others = 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const auto& [kind, count] = kinds[i];
    if (i >= kKindsOfFailure) {
      others += count;
      continue;
    }
    if (!list.empty()) list += ", ";
    list += kind + " " + with_commas(count);
    if (kind == "blocked_address") list += " (see --private-network)";
  }
  if (others > 0) list += ", others " + with_commas(others);
  return list;
}

std::string urls(std::int64_t count) { return with_commas(count) + (count == 1 ? " URL" : " URLs"); }

/// Why the run ended before its work did, if it did.
std::string ending_of(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  const std::int64_t unfinished = report.left + report.cancelled;
  const std::string advice = config.streams_pages() ? "" : ", --resume goes on with them";
  const std::string rest = unfinished == 0 ? "" : "; " + urls(unfinished) + " left" + advice;
  switch (outcome.ending) {
    case RunEnding::finished:
      return "";
    case RunEnding::limited:
      return "stopped by its limit" + rest;
    case RunEnding::failed_fast:
      return "stopped at the first failure" + rest;
    case RunEnding::signalled:
      return "stopped by " + signal_name(outcome.signal) +
             (outcome.failure.empty() ? rest : "; " + outcome.failure);
    case RunEnding::failed:
    case RunEnding::bad_input:
    case RunEnding::in_use:
      return outcome.failure;
  }
  std::unreachable();
}

/// The lines that are no URL among them.
std::int64_t fetched(const RunReport& report) { return report.ok + report.failed; }

double per_second(const RunReport& report) {
  const double seconds = std::chrono::duration<double>(report.wall).count();
  return seconds == 0 ? 0 : static_cast<double>(fetched(report)) / seconds;
}

std::string headline(const crawler::Config& config, const RunReport& report) {
  const std::int64_t count = fetched(report);
  const std::string pages = with_commas(count) + (count == 1 ? " page" : " pages");
  return (config.following ? pages : urls(count)) + " in " + as_seconds(report.wall) + "   " +
         as_ratio(per_second(report)) + " pages/s   " + as_bytes(report.bytes) +
         (config.streams_pages() ? "" : "   into " + config.database.string()) + "\n";
}

std::string outcomes(const crawler::Config& config, const RunReport& report) {
  std::string text = "  ok " + with_commas(report.ok) + "   failed " + with_commas(report.failed);
  if (report.failed > 0) text += " (" + failures_of(report) + ")";
  if (config.following)
    text += "   listed " + with_commas(report.listed()) + "   found " +
            with_commas(fetched(report) - report.listed());
  if (report.duplicates > 0) text += "   duplicate lines " + with_commas(report.duplicates);
  if (report.done_before > 0) text += "   done before " + with_commas(report.done_before);
  return text + "\n";
}

/// "  4,154  out of scope (--scope), e.g. https://www.python.org/", the most frequent first.
std::string left_alone(const RunReport& report) {
  const crawler::Skips all = report.all_skips();
  std::vector<std::pair<crawler::SkipReason, crawler::Skip>> skips(all.by_reason().begin(),
                                                                   all.by_reason().end());
  if (skips.empty()) return "";
  sort_by_count(skips, &crawler::Skip::urls);
  const std::size_t width = with_commas(skips.front().second.urls).size();
  std::string text = "  left alone:\n";
  for (const auto& [reason, skip] : skips) {
    const std::string count = with_commas(skip.urls);
    std::string line = std::string(4 + width - count.size(), ' ') + count + "  " +
                       std::string(crawler::describe(reason)) + ", e.g. " + skip.example;
    if (line.size() > kSkipColumns) line = line.substr(0, kSkipColumns - 3) + "...";
    text += line + "\n";
  }
  return text;
}

std::string comparison(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  if (!outcome.other_mode || report.wall.count() == 0 || outcome.other_mode->count() == 0) return "";
  const auto ours = static_cast<double>(report.wall.count());
  const auto theirs = static_cast<double>(outcome.other_mode->count());
  const std::string other = config.is_sequential ? "concurrent" : "sequential";
  const std::string tail = " than the " + other + " run of the same " +
                           (config.following ? "crawl (" : "list (") + as_seconds(*outcome.other_mode) +
                           ")\n";
  return theirs >= ours ? "  " + as_ratio(theirs / ours) + " times faster" + tail
                        : "  " + as_ratio(ours / theirs) + " times slower" + tail;
}

/// With links to follow it is the listed URLs alone that make the exit code.
std::string failed_too_often(const crawler::Config& config, const RunReport& report) {
  const std::string where = config.streams_pages() ? "" : "; see " + config.database.string();
  if (!config.following)
    return with_commas(report.failed) + " of " + urls(fetched(report)) + " failed (" + failures_of(report) +
           ")" + where;
  return with_commas(report.listed_failed) + " of " + with_commas(report.listed()) + " listed " +
         (report.listed() == 1 ? "URL" : "URLs") + " failed, " + with_commas(report.failed) + " of " +
         with_commas(fetched(report)) + " in all (" + failures_of(report) + ")" + where;
}

}  // namespace

std::string summary(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  std::string text = headline(config, report) + outcomes(config, report);
  if (!report.latencies.is_empty()) {
    text += "  latency p50 " + as_milliseconds(report.latencies.percentile(50)) + "   p95 " +
            as_milliseconds(report.latencies.percentile(95)) + "   p99 " +
            as_milliseconds(report.latencies.percentile(99)) + "\n";
  }
  text += "  cpu " + as_seconds(report.cpu) + "   memory " + as_bytes(report.peak_rss_kb * 1024) +
          " at its peak\n";
  text += comparison(config, outcome, report);
  text += left_alone(report);
  const std::string ending = ending_of(config, outcome, report);
  if (!ending.empty()) text += "crawl: " + ending + "\n";
  return text;
}

std::string short_summary(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  std::string ending = ending_of(config, outcome, report);
  if (ending.empty()) ending = failed_too_often(config, report);
  return "crawl: " + ending + "\n";
}

}  // namespace cmd
