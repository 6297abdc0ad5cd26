#include "cmd/progress.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd/progress_line.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/sleep.h"
#include "crawler/async/task_ends.h"
#include "crawler/standard_error.h"

namespace cmd {
namespace {

using crawler::async::Task;
using std::chrono_literals::operator""ms;

constexpr std::size_t kUsualColumns = 80;

/// Asked each time, as windows change. The last column stays free: a line that wraps could not be wiped.
std::size_t free_columns() {
  winsize size{};
  const bool is_known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return (is_known ? size.ws_col : kUsualColumns) - 1;
}

}  // namespace

Task<> Progress::enter() {
  if (is_shown_) drawing_ = crawler::async::spawn(draw_forever(), "progress");
  co_return;
}

Task<> Progress::exit(const std::exception_ptr&) {
  if (!drawing_) co_return;
  drawing_->cancel();
  co_await crawler::async::wait_for_end(drawing_->task());
  crawler::print_in_time(crawler::kWipeLine, 0ms);
}

Task<> Progress::draw_forever() {
  crawler::async::EventLoop& loop = crawler::async::EventLoop::current();
  const auto start = loop.now();
  // The rate is that of the last second or so, not of the whole run: it tells what happens now.
  double rate = 0;
  auto drawn_at = start;
  std::int64_t drawn_ended = 0;
  for (;;) {
    co_await crawler::async::sleep(200ms);
    const auto now = loop.now();
    const double now_rate = static_cast<double>(report_.ended - drawn_ended) /
                            std::chrono::duration<double>(now - drawn_at).count();
    rate = drawn_ended == 0 ? now_rate : 0.8 * rate + 0.2 * now_rate;
    drawn_at = now;
    drawn_ended = report_.ended;
    const std::string line =
        progress_line(report_, {.elapsed = now - start, .pages_per_second = rate, .columns = free_columns()});
    crawler::print_in_time(std::string(crawler::kWipeLine) + line, 0ms);
  }
}

}  // namespace cmd
