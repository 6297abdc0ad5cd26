#include "crawler/json_lines.h"

#include <cerrno>
#include <limits.h>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "crawler/async/to_thread.h"
#include "storage/page_json.h"

namespace crawler {
namespace {

using async::Task;

[[noreturn]] void refuse(const std::string& why) {
  throw std::runtime_error("standard output: " + why + "; what was not printed is lost");
}

void wait_for_room(int descriptor, const storage::Patience& patience) {
  constexpr int look_up_ms = 50;  // at how long a signal lets it wait
  pollfd asked = {.fd = descriptor, .events = POLLOUT, .revents = 0};
  while (poll(&asked, 1, look_up_ms) < 1)
    if (patience.is_over(storage::Patience::Clock::now())) refuse("nobody reads it");
}

/// On a thread, which shares nothing with the loop but the patience.
void write_lines(int descriptor, std::string_view lines, const storage::Patience& patience) {
  while (!lines.empty()) {
    wait_for_room(descriptor, patience);
    // A pipe that is ready has room for this much, and may have none for more.
    const ssize_t written = write(descriptor, lines.data(), std::min<std::size_t>(lines.size(), PIPE_BUF));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) refuse(std::generic_category().message(errno));
    lines.remove_prefix(static_cast<std::size_t>(written));
  }
}

void print(int descriptor, bool has_links, const storage::Batch& batch,
           const std::shared_ptr<storage::Patience>& patience) {
  std::string lines;
  for (const storage::PageOutcome& page : batch.pages)
    storage::append_json_line(lines, storage::values_of(page), has_links ? &page.links : nullptr);
  write_lines(descriptor, lines, *patience);
}

}  // namespace

Task<> JsonLines::commit(storage::Batch batch) {
  for (const storage::PageOutcome& page : batch.pages) written_.insert(page.url);
  co_await async::to_thread(&print, descriptor_, has_links_, std::move(batch), patience_);
}

Task<std::vector<bool>> JsonLines::are_done(std::vector<std::string> urls) {
  std::vector<bool> are;
  are.reserve(urls.size());
  for (const std::string& url : urls) are.push_back(written_.contains(url));
  co_return are;
}

}  // namespace crawler
