#include "crawler/json_lines.h"

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "crawler/async/to_thread.h"
#include "crawler/database_session.h"
#include "crawler/output.h"
#include "storage/page_json.h"

namespace crawler {
namespace {

using async::Task;

[[noreturn]] void refuse(const std::string& why) {
  throw std::runtime_error("standard output: " + why + "; what was not printed is lost");
}

/// On a thread, which shares nothing with the loop but the patience.
void write_lines(int descriptor, std::string_view lines, const storage::Patience& patience) {
  constexpr std::chrono::milliseconds look_up(50);  // at how long a signal lets it wait
  const Output output(descriptor);
  while (!lines.empty()) {
    const std::size_t written = output.write_some(lines, look_up);
    if (written == 0 && patience.is_over(storage::Patience::Clock::now())) refuse("nobody reads it");
    lines.remove_prefix(written);
  }
}

void print(int descriptor, bool has_links, const storage::Batch& batch,
           const std::shared_ptr<storage::Patience>& patience) {
  std::string lines;
  for (const storage::PageOutcome& page : batch.pages)
    storage::append_json_line(lines, storage::values_of(page), has_links ? &page.links : nullptr);
  try {
    write_lines(descriptor, lines, *patience);
  } catch (const std::system_error& error) {
    refuse(error.code().message());
  }
}

}  // namespace

Task<FrontierState> JsonLines::commit(Commit commit) {
  storage::Batch printed;
  printed.pages = std::move(commit.rows.pages);
  if (database_ == nullptr)
    for (const storage::PageOutcome& page : printed.pages) written_.insert(page.url);
  co_await async::to_thread(&print, descriptor_, has_links_, std::move(printed), patience_);
  if (database_ == nullptr) co_return FrontierState();
  commit.rows.pages.clear();
  co_return co_await database_->commit(std::move(commit));
}

/// Who reads slowly gets what was finished; who does not read cannot keep the run from its end.
void JsonLines::expect_end() { patience_->end_in(std::chrono::seconds(10)); }

Task<std::vector<bool>> JsonLines::are_done(std::vector<std::string> urls) {
  std::vector<bool> are;
  are.reserve(urls.size());
  for (const std::string& url : urls) are.push_back(written_.contains(url));
  co_return are;
}

}  // namespace crawler
