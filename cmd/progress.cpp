#include "cmd/progress.h"

#include <chrono>
#include <cstdint>
#include <string>

#include "cmd/figures.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/sleep.h"
#include "crawler/async/task_ends.h"
#include "crawler/standard_error.h"

namespace cmd {
namespace {

using crawler::async::Task;
using std::chrono_literals::operator""ms;

std::string line_of(const crawler::RunReport& report, std::chrono::duration<double> elapsed,
                    double per_second) {
  std::string line = std::string(crawler::kWipeLine) + with_commas(report.ended) + " done";
  if (report.failed > 0) line += ", " + with_commas(report.failed) + " failed";
  line += ", " + with_commas(report.under_way) + " under way";
  line += "   " + as_ratio(per_second) + " pages/s   " + as_bytes(report.bytes) + "   " + as_seconds(elapsed);
  return line;
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
    crawler::print_in_time(line_of(report_, now - start, rate), 0ms);
  }
}

}  // namespace cmd
