#include "crawler/metrics.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "crawler/async/sleep.h"
#include "crawler/async/task_ends.h"
#include "crawler/async/to_thread.h"
#include "crawler/database_files.h"
#include "crawler/replace_file.h"
#include "crawler/resource_usage.h"
#include "crawler/standard_error.h"

namespace crawler {
namespace {

namespace fs = std::filesystem;
using async::Task;
using async::to_thread_of;
using std::chrono::system_clock;

constexpr int kFailedByException = 3;  // as the program has it

/// Throws for what a slip of the hand may name, and a new file must not take the place of.
void refuse_what_is_not_ours(const fs::path& file, const fs::path& database) {
  if (belongs_to_database(file, database))
    throw BadMetricsFile("metrics: " + file.native() + " belongs to the database; give another name");
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) return;
  if (!fs::is_regular_file(status))
    throw BadMetricsFile("metrics: " + file.native() +
                         " is no file that can be replaced; give the name of a plain file");
  constexpr std::string_view beginning = "# HELP crawl_";
  std::array<char, beginning.size()> bytes{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(bytes.data(), bytes.size());
  const std::string_view found(bytes.data(), static_cast<std::size_t>(stream.gcount()));
  if (!stream.is_open() || (!found.empty() && found != beginning))
    throw BadMetricsFile("metrics: " + file.native() +
                         " holds something else; give another name, or remove it first");
}

void write_first(const fs::path& file, const fs::path& database, const std::string& text) {
  refuse_what_is_not_ours(file, database);
  try {
    replace_file(file, text);
  } catch (const std::system_error& error) {
    throw BadMetricsFile("metrics cannot be written to " + std::string(error.what()) +
                         "; give a file in a directory that exists and can be written to");
  }
}

}  // namespace

Task<> Metrics::enter() {
  if (!config_.metrics) co_return;
  thread_ = std::make_unique<async::ThreadPool>(1);
  facts_.database =
      config_.streams_pages() ? "-" : fs::absolute(config_.database).lexically_normal().native();
  facts_.follows_links = config_.following.has_value();
  facts_.started_at = system_clock::now();
  co_await to_thread_of(*thread_, &write_first, *config_.metrics, config_.database, text());
  rewriting_ = async::spawn(rewrite_forever(), "metrics");
}

Task<> Metrics::exit(const std::exception_ptr& error) {
  if (!rewriting_) co_return;
  rewriting_->cancel();
  co_await async::wait_for_end(rewriting_->task());
  facts_.end =
      RunFacts::End{.exit_code = error ? kFailedByException : outcome_.exit_code(report_, config_.max_failed),
                    .at = system_clock::now()};
  co_await rewrite();
}

Task<> Metrics::rewrite_forever() {
  for (;;) {
    co_await async::sleep(kPeriod);
    co_await rewrite();
  }
}

Task<> Metrics::rewrite() {
  std::string failure;
  try {
    co_await to_thread_of(*thread_, &replace_file, *config_.metrics, text());
    co_return;
  } catch (const std::system_error& error) {
    failure = error.what();
  }
  ++facts_.failed_writes;
  if (facts_.failed_writes > 1) co_return;
  tell("metrics cannot be written to " + failure + "; the run goes on\n");
}

std::string Metrics::text() {
  facts_.process = resource_usage();
  return metrics_text(report_, facts_);
}

}  // namespace crawler
