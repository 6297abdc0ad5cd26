#include "crawler/async/signals.h"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <system_error>
#include <time.h>
#include <unistd.h>

#include "crawler/async/event_loop.h"

namespace crawler::async {
namespace {

// timeout(1) sends its signal twice, to the program and to its group, and so does a terminal that is closed.
constexpr std::int64_t kSameRequestMs = 50;

// What a signal handler may touch.
std::atomic<std::int64_t> first_at_ms = 0;  // 0: none has come
std::atomic<int> first_signal = 0;
std::atomic<int> wake_fd = -1;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now_ms() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000 + 1;
}

extern "C" void handle_signal(int number) {
  const int saved_errno = errno;
  const std::int64_t now = now_ms();
  std::int64_t first_at = 0;
  if (first_at_ms.compare_exchange_strong(first_at, now)) {
    first_signal = number;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(wake_fd.load(), &one, sizeof one);
  } else if (now - first_at >= kSameRequestMs) {
    _exit(128 + number);  // and not by its default action: the first process of a container has none
  }
  errno = saved_errno;
}

}  // namespace

SignalWatch::SignalWatch(std::initializer_list<int> signals) {
  const int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  wake_fd = fd;
  first_signal = 0;
  first_at_ms = 0;
  readable_.reset(event_new(EventLoop::current().base(), fd, EV_READ, &SignalWatch::on_readable, this));
  if (!readable_ || event_add(readable_.get(), nullptr) != 0) {
    close(fd);
    throw std::bad_alloc();
  }
  for (const int number : signals) {
    struct sigaction action = {};
    action.sa_handler = handle_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    struct sigaction before = {};
    sigaction(number, nullptr, &before);
    // nohup and cron's children start with SIGHUP ignored, and mean it.
    if (before.sa_handler == SIG_IGN) continue;
    sigaction(number, &action, nullptr);
    before_.emplace_back(number, before);
  }
}

SignalWatch::~SignalWatch() {
  for (const auto& [number, before] : before_) sigaction(number, &before, nullptr);
  readable_.reset();
  close(wake_fd.exchange(-1));
}

void SignalWatch::on_readable(evutil_socket_t, short, void* watch) noexcept {
  static_cast<SignalWatch*>(watch)->line_.wake_all();
}

bool SignalWatch::Next::await_ready() const noexcept { return first_signal.load() != 0; }

int SignalWatch::Next::await_resume() {
  throw_if_cancelled();
  return first_signal.load();
}

}  // namespace crawler::async
