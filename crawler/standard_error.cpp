#include "crawler/standard_error.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits.h>
#include <poll.h>
#include <string>
#include <unistd.h>

namespace crawler {
namespace {

using Clock = std::chrono::steady_clock;

bool is_writable_by(Clock::time_point deadline) {
  pollfd asked = {.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    const int ready = poll(&asked, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready >= 0 || errno != EINTR) return ready == 1;
  }
}

}  // namespace

void print_in_time(std::string_view text, std::chrono::milliseconds at_most) {
  const auto deadline = Clock::now() + at_most;
  while (!text.empty() && is_writable_by(deadline)) {
    // A pipe that is ready has room for this much, and may have none for more.
    const std::string_view piece = text.substr(0, PIPE_BUF);
    const ssize_t written = write(STDERR_FILENO, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void tell(std::string_view text) {
  // A line for each of thousands of tasks does not go into a pipe at once.
  constexpr std::chrono::milliseconds patience(500);
  std::string line(isatty(STDERR_FILENO) == 1 ? kWipeLine : "");
  line += "crawl: ";
  line += text;
  print_in_time(line, patience);
}

}  // namespace crawler
