#include "crawler/output.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace crawler {
namespace {

using Clock = std::chrono::steady_clock;

int reopen_terminal(int descriptor) {
  if (isatty(descriptor) != 1) return -1;
  const std::string name = "/proc/self/fd/" + std::to_string(descriptor);
  return open(name.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

bool has_room_by(int descriptor, Clock::time_point deadline) {
  pollfd asked = {.fd = descriptor, .events = POLLOUT, .revents = 0};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const int ready = poll(&asked, 1, static_cast<int>(std::max<decltype(left)>(left, 0)));
    if (ready >= 0 || errno != EINTR) return ready == 1;
  }
}

}  // namespace

Output::Output(int descriptor)
    : reopened_(reopen_terminal(descriptor)), descriptor_(reopened_ < 0 ? descriptor : reopened_) {}

Output::~Output() {
  if (reopened_ >= 0) close(reopened_);
}

std::size_t Output::write_some(std::string_view text, std::chrono::milliseconds at_most) const {
  const auto deadline = Clock::now() + at_most;
  // A pipe that is ready has room for this much, and may have none for more.
  text = text.substr(0, PIPE_BUF);
  while (has_room_by(descriptor_, deadline)) {
    const ssize_t written = write(descriptor_, text.data(), text.size());
    if (written >= 0) return static_cast<std::size_t>(written);
    if (errno == EINTR) continue;
    if (errno != EAGAIN) throw std::system_error(errno, std::generic_category());
    // Another process took the room, or it is too little for a character of several bytes: ready all the
    // same.
    constexpr int pause_ms = 5;
    if (Clock::now() >= deadline) return 0;
    poll(nullptr, 0, pause_ms);
  }
  return 0;
}

}  // namespace crawler
