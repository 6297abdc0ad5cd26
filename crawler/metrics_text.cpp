#include "crawler/metrics_text.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

#include "crawler/duration_buckets.h"
#include "crawler/page_error.h"
#include "crawler/skips.h"
#include "crawler/stored_text.h"

namespace crawler {
namespace {

using std::chrono::system_clock;

std::string number(std::int64_t value) { return std::to_string(value); }

std::string number(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

double seconds(std::chrono::duration<double> duration) { return duration.count(); }

double unix_time(system_clock::time_point time) {
  return seconds(std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()));
}

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : stored_text(value)) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n')
      text += "\\n";
    else
      text += c;
  }
  return text;
}

/// The text as it grows: a metric, then its samples.
class Exposition {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  explicit Exposition(std::string_view database) : database_label_(label("database", database)) {}

  void begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name_ + ' ' + std::string(help) + '\n';
    text_ += "# TYPE " + name_ + ' ' + std::string(type) + '\n';
  }

  template <class Number>
  void add(Number value, Labels labels = {}, std::string_view suffix = "") {
    text_ += name_ + std::string(suffix) + '{' + database_label_;
    for (const auto& [name, of] : labels) text_ += ',' + label(name, of);
    text_ += "} " + number(value) + '\n';
  }

  std::string take() { return std::move(text_); }

 private:
  static std::string label(std::string_view name, std::string_view value) {
    return std::string(name) + "=\"" + escaped(value) + '"';
  }

  std::string database_label_;
  std::string name_;
  std::string text_;
};

/// A server may answer with any of 600 such numbers: the class is label enough, the database has the rest.
std::string reason_of(const std::string& failure) {
  constexpr std::string_view status = "status ";
  return failure.starts_with(status) ? failure.substr(0, status.size() + 1) + "xx" : failure;
}

std::map<std::string, std::int64_t> failures_by_reason(const RunReport& report) {
  std::map<std::string, std::int64_t> failures = {{"not a URL", 0}, {"status 4xx", 0}, {"status 5xx", 0}};
  // What comes after it in the enumeration is skipped, or cancelled.
  for (int error = 0; error <= static_cast<int>(PageError::bad_url); ++error)
    failures.emplace(name(static_cast<PageError>(error)), 0);
  for (const auto& [failure, count] : report.failures) failures[reason_of(failure)] += count;
  return failures;
}

std::map<std::string_view, std::int64_t> skips_by_reason(const RunReport& report) {
  std::map<std::string_view, std::int64_t> skips;
  for (int reason = 0; reason <= static_cast<int>(SkipReason::sitemap_entries); ++reason)
    skips.emplace(name(static_cast<SkipReason>(reason)), 0);
  const Skips all = report.all_skips();
  for (const auto& [reason, skip] : all.by_reason()) skips[name(reason)] += skip.urls;
  return skips;
}

/// Those read ahead of a list. With links to follow they wait in the frontier.
std::int64_t lines_that_wait(const RunReport& report, const RunFacts& facts) {
  if (facts.end || facts.follows_links) return 0;
  return report.admitted - report.ended - report.under_way;
}

void add_run(Exposition& out, const RunFacts& facts) {
  out.begin("crawl_build_info", "gauge", "Always 1; the label tells the version of the program.");
  out.add(std::int64_t{1}, {{"version", CRAWL_VERSION}});
  out.begin("crawl_run_start_timestamp_seconds", "gauge", "When the run began, in Unix time.");
  out.add(unix_time(facts.started_at));
  if (!facts.end) return;
  out.begin("crawl_run_end_timestamp_seconds", "gauge",
            "When the run ended, in Unix time; absent until then.");
  out.add(unix_time(facts.end->at));
  out.begin("crawl_run_exit_code", "gauge", "What the run ended with, 0 if all was well; absent until then.");
  out.add(std::int64_t{facts.end->exit_code});
}

void add_urls(Exposition& out, const RunReport& report, const RunFacts& facts) {
  out.begin("crawl_pages_total", "counter", "URLs that ended, by how they did.");
  out.add(report.ok, {{"outcome", "ok"}});
  out.add(report.failed - report.rejected, {{"outcome", "failed"}});
  out.add(report.skips.urls(), {{"outcome", "skipped"}});
  out.add(report.cancelled, {{"outcome", "cancelled"}});
  out.begin("crawl_failures_total", "counter", "URLs that failed and lines that are no URL, by why.");
  for (const auto& [reason, count] : failures_by_reason(report)) out.add(count, {{"reason", reason}});
  out.begin("crawl_skipped_lines_total", "counter", "Lines of the list that were not fetched, by why.");
  out.add(report.duplicates, {{"reason", "duplicate"}});
  out.add(report.rejected, {{"reason", "not a URL"}});
  out.add(report.done_before, {{"reason", "done before"}});
  out.begin("crawl_urls_under_way", "gauge", "URLs that were begun and have not ended.");
  // What a run leaves without a row counts as left once it has ended.
  out.add(facts.end ? std::int64_t{0} : report.under_way);
  out.begin("crawl_lines_left", "gauge",
            "Lines that were read and wait for their turn; once the run has ended, all URLs that it did not "
            "reach.");
  out.add(report.left + lines_that_wait(report, facts));
}

/// What is left alone is no counter: the frontier takes some of it back in, and a resumed run begins with
/// what the one before it had.
void add_frontier(Exposition& out, const RunReport& report) {
  out.begin("crawl_frontier_waiting", "gauge",
            "URLs of a crawl that follows links that are to be fetched, those under way included.");
  out.add(report.waiting);
  out.begin("crawl_frontier_known", "gauge", "URLs that such a crawl has met, each once.");
  out.add(report.known);
  out.begin("crawl_skipped_urls", "gauge", "URLs that are left alone, by why.");
  for (const auto& [reason, count] : skips_by_reason(report)) out.add(count, {{"reason", reason}});
}

void add_requests(Exposition& out, const RunReport& report) {
  out.begin("crawl_requests_total", "counter",
            "Requests of the URLs that ended, each hop of a redirect one.");
  out.add(report.requests);
  out.begin("crawl_received_bytes_total", "counter", "Bytes of bodies, as received.");
  out.add(report.bytes);
  out.begin("crawl_request_duration_seconds", "histogram",
            "How long the requests took that were answered, to the last byte.");
  const DurationBuckets& durations = report.durations;
  for (std::size_t bound = 0; bound < DurationBuckets::bounds_ms.size(); ++bound) {
    const std::string limit = number(DurationBuckets::bounds_ms[bound] / 1000.0);
    out.add(durations.within(bound), {{"le", limit}}, "_bucket");
  }
  out.add(durations.count(), {{"le", "+Inf"}}, "_bucket");
  out.add(seconds(durations.sum()), {}, "_sum");
  out.add(durations.count(), {}, "_count");
}

void add_process(Exposition& out, const RunFacts& facts) {
  out.begin("crawl_process_cpu_seconds_total", "counter", "Processor time of the program, user and system.");
  out.add(seconds(facts.process.cpu));
  out.begin("crawl_process_resident_memory_bytes", "gauge", "Memory of the program that is in RAM.");
  out.add(facts.process.resident_bytes);
  out.begin("crawl_process_start_time_seconds", "gauge", "When the program was started, in Unix time.");
  out.add(unix_time(facts.process.started_at));
  out.begin("crawl_metrics_write_failures_total", "counter", "How often this file could not be written.");
  out.add(facts.failed_writes);
}

}  // namespace

std::string metrics_text(const RunReport& report, const RunFacts& facts) {
  Exposition out(facts.database);
  add_run(out, facts);
  add_urls(out, report, facts);
  add_frontier(out, report);
  add_requests(out, report);
  add_process(out, facts);
  return out.take();
}

}  // namespace crawler
