#include "crawler/async/task_monitor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <new>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crawler::async {
namespace {

// What the signal handler may touch on any thread. The monitor itself is looked at on its own thread only: on
// another it might go meanwhile.
std::atomic<const TaskMonitor*> the_monitor = nullptr;
std::atomic<pthread_t> its_thread;
static_assert(std::atomic<const TaskMonitor*>::is_always_lock_free &&
              std::atomic<pthread_t>::is_always_lock_free);

std::int64_t to_ms(Duration duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

/// To stderr, by what a signal handler may call; lost where that would block.
void write_out(std::string_view text) noexcept {
  pollfd asked = {.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
  if (poll(&asked, 1, 0) != 1) return;
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

TaskMonitor::TaskMonitor(MonitorOptions options, Tell tell)
    : loop_(EventLoop::current()),
      options_(options),
      tell_(std::move(tell)),
      step_began_at_(loop_.clock().coarse_now()),
      wake_fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (wake_fd_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  woken_.reset(event_new(loop_.base(), wake_fd_, EV_READ | EV_PERSIST, &TaskMonitor::on_wakeup, this));
  if (!woken_ || event_add(woken_.get(), nullptr) != 0) {
    close(wake_fd_);
    throw std::bad_alloc();
  }
  if (const TaskState* task = loop_.current_task()) step_ = task->name();
  its_thread = pthread_self();
  the_monitor = this;
  struct sigaction action = {};
  action.sa_handler = &TaskMonitor::handle_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(options_.signal, &action, &before_);
  loop_.observe_steps(this);
}

TaskMonitor::~TaskMonitor() {
  loop_.observe_steps(nullptr);
  sigaction(options_.signal, &before_, nullptr);
  the_monitor = nullptr;
  woken_.reset();
  close(wake_fd_);
}

void TaskMonitor::begin_step(std::string_view name) noexcept {
  std::atomic_signal_fence(std::memory_order_seq_cst);  // not before the end of the last one
  step_ = name;
  step_began_at_ = loop_.clock().coarse_now();
  is_in_step_.store(true, std::memory_order_release);
}

void TaskMonitor::end_step() noexcept {
  is_in_step_.store(false, std::memory_order_release);
  const Duration took = loop_.clock().coarse_now() - step_began_at_;
  if (took < options_.patience) return;
  ++long_steps_;
  if (!options_.tells_long_steps) return;
  tell_(std::string(step_name()) + " held up the loop for " + std::to_string(to_ms(took)) + " ms. " +
        list_tasks());
}

// The loop's own thread runs no step while it runs the handler: what it finds there stays as it is. Another
// one, such as a library's, that happened to get the signal hands it on.
void TaskMonitor::handle_signal(int number) {
  const int saved_errno = errno;
  const TaskMonitor* const monitor = the_monitor.load();
  const pthread_t thread = its_thread.load();
  if (monitor != nullptr && pthread_equal(pthread_self(), thread) == 0)
    pthread_kill(thread, number);
  else if (monitor != nullptr)
    monitor->take_signal();
  errno = saved_errno;
}

void TaskMonitor::take_signal() const noexcept {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(wake_fd_, &one, sizeof one);
  if (!is_in_step_.load(std::memory_order_acquire)) return;
  const Duration so_far = loop_.clock().coarse_now() - step_began_at_;
  if (so_far < options_.patience) return;
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), to_ms(so_far)).ptr;
  write_out(step_name());
  write_out(" has held up the loop for ");
  write_out(std::string_view(digits.begin(), end));
  write_out(" ms, and still does\n");
}

void TaskMonitor::on_wakeup(evutil_socket_t fd, short, void* self) noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = read(fd, &count, sizeof count);
  auto& monitor = *static_cast<TaskMonitor*>(self);
  monitor.tell_(monitor.list_tasks());
}

std::string TaskMonitor::list_tasks() const {
  const std::string lines = loop_.describe_tasks();
  const auto tasks = std::ranges::count(lines, '\n');
  std::string list = std::to_string(tasks) + (tasks == 1 ? " task:\n  " : " tasks:\n  ");
  for (const char c : lines) {
    list += c;
    if (c == '\n') list += "  ";
  }
  list.resize(list.size() - 2);
  return list;
}

}  // namespace crawler::async
