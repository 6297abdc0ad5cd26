#include "cmd/get.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "cmd/summary.h"
#include "crawler/crawl.h"
#include "crawler/page_sink.h"
#include "crawler/run_report.h"
#include "crawler/write_all.h"
#include "storage/page_json.h"
#include "storage/page_values.h"

namespace cmd {
namespace {

using crawler::async::Task;
using Json = nlohmann::ordered_json;

constexpr int kPageFailed = 1;

/// Keeps the one page that there is.
class OnePage : public crawler::PageSink {
 public:
  Task<crawler::FrontierState> commit(crawler::Commit commit) override {
    if (!commit.rows.pages.empty()) page_ = std::move(commit.rows.pages.front());
    co_return crawler::FrontierState();
  }
  Task<std::vector<bool>> are_done(std::vector<std::string> urls) override {
    co_return std::vector<bool>(urls.size());
  }
  const std::shared_ptr<storage::Patience>& patience() const override { return patience_; }

  const std::optional<storage::PageOutcome>& page() const { return page_; }

 private:
  std::optional<storage::PageOutcome> page_;
  std::shared_ptr<storage::Patience> patience_ = std::make_shared<storage::Patience>();
};

void print(const Json& json) { crawler::write_all(STDOUT_FILENO, json.dump(2) + '\n', "standard output"); }

Json page_json(const storage::PageOutcome& page, bool has_links) {
  std::string line;
  storage::append_json_line(line, storage::values_of(page), has_links ? &page.links : nullptr);
  return Json::parse(line);
}

/// Whether there was no tree to select from, or too much to select.
bool is_beyond_bounds(const storage::Content& content) {
  return content.meta && Json::parse(*content.meta).contains("beyond_bounds");
}

/// Whoever tries a selector wants to know that it found nothing, and why.
void tell_what_is_missing(const storage::Content& content, const Json& fields) {
  if (is_beyond_bounds(content)) {
    std::cerr << "crawl: the page is too large, or nested too deep, to select all of that from\n";
    return;
  }
  if (fields.is_array() && fields.empty()) std::cerr << "crawl: nothing matches --each\n";
  if (!fields.is_object()) return;
  for (const auto& [name, value] : fields.items())
    if (value.empty()) std::cerr << "crawl: nothing matches '" << name << "'\n";
}

std::string failure_of(const storage::PageOutcome& page) {
  if (page.error) return *page.error;
  return page.status && *page.status >= 400 ? "status " + std::to_string(*page.status) : "";
}

}  // namespace

Task<int> get_page(const Command& command) {
  const crawler::Config& config = command.config;
  crawler::RunReport report;
  OnePage sink;
  const crawler::RunOutcome outcome = co_await crawler::crawl(config, report, sink);
  if (!sink.page() || outcome.signal != 0) {
    std::cerr << short_summary(config, outcome, report);
    co_return outcome.exit_code(report, config.max_failed);
  }

  const storage::PageOutcome& page = *sink.page();
  const std::string failure = failure_of(page);
  if (!failure.empty()) std::cerr << "crawl: " << page.url << ": " << failure << '\n';
  if (!config.extraction) {
    print(page_json(page, config.keep.links));
  } else if (page.content && page.content->fields) {
    const Json fields = Json::parse(*page.content->fields);
    tell_what_is_missing(*page.content, fields);
    print(fields);
  } else if (failure.empty()) {
    std::cerr << "crawl: " << page.url << ": is no HTML, there is nothing to select from\n";
    co_return kPageFailed;
  }
  co_return failure.empty() ? 0 : kPageFailed;
}

}  // namespace cmd
