#include "cmd/summary.h"

#include <chrono>
#include <cstdint>
#include <signal.h>
#include <utility>

#include "cmd/figures.h"

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

/// "timeout 3, status 404 1", the most frequent kinds first would need a sort that nobody misses.
std::string failures_of(const RunReport& report) {
  std::string list;
  for (const auto& [kind, count] : report.failures) {
    if (!list.empty()) list += ", ";
    list += kind + " " + with_commas(count);
    if (kind == "blocked_address") list += " (see --private-network)";
  }
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

double per_second(const RunReport& report) {
  const double seconds = std::chrono::duration<double>(report.wall).count();
  return seconds == 0 ? 0 : static_cast<double>(report.listed()) / seconds;
}

std::string comparison(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  if (!outcome.other_mode || report.wall.count() == 0 || outcome.other_mode->count() == 0) return "";
  const auto ours = static_cast<double>(report.wall.count());
  const auto theirs = static_cast<double>(outcome.other_mode->count());
  const std::string other = config.is_sequential ? "concurrent" : "sequential";
  const std::string tail =
      " than the " + other + " run of the same list (" + as_seconds(*outcome.other_mode) + ")\n";
  return theirs >= ours ? "  " + as_ratio(theirs / ours) + " times faster" + tail
                        : "  " + as_ratio(ours / theirs) + " times slower" + tail;
}

}  // namespace

std::string summary(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  std::string text = urls(report.listed()) + " in " + as_seconds(report.wall) + "   " +
                     as_ratio(per_second(report)) + " pages/s   " + as_bytes(report.bytes) +
                     (config.streams_pages() ? "" : "   into " + config.database.string()) + "\n";
  text += "  ok " + with_commas(report.ok) + "   failed " + with_commas(report.failed);
  if (report.failed > 0) text += " (" + failures_of(report) + ")";
  if (report.duplicates > 0) text += "   duplicate lines " + with_commas(report.duplicates);
  if (report.done_before > 0) text += "   done before " + with_commas(report.done_before);
  text += "\n";
  if (!report.latencies.is_empty()) {
    text += "  latency p50 " + as_milliseconds(report.latencies.percentile(50)) + "   p95 " +
            as_milliseconds(report.latencies.percentile(95)) + "   p99 " +
            as_milliseconds(report.latencies.percentile(99)) + "\n";
  }
  text += "  cpu " + as_seconds(report.cpu) + "   memory " + as_bytes(report.peak_rss_kb * 1024) +
          " at its peak\n";
  text += comparison(config, outcome, report);
  const std::string ending = ending_of(config, outcome, report);
  if (!ending.empty()) text += "crawl: " + ending + "\n";
  return text;
}

std::string short_summary(const crawler::Config& config, const RunOutcome& outcome, const RunReport& report) {
  std::string ending = ending_of(config, outcome, report);
  if (ending.empty()) {
    ending = with_commas(report.failed) + " of " + urls(report.listed()) + " failed (" + failures_of(report) +
             ")" + (config.streams_pages() ? "" : "; see " + config.database.string());
  }
  return "crawl: " + ending + "\n";
}

}  // namespace cmd
