#include "crawler/async/event_loop.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

#include <event2/event.h>

#include "crawler/async/exception_group.h"
#include "crawler/async/thread_pool.h"

namespace crawler::async {
namespace {

thread_local EventLoop* current_loop = nullptr;

// With work always ready the outside must still be heard, and the clock looked at; more often costs a system
// call for each few steps. Steps may be long: then the time counts.
constexpr int kStepsBetweenPolls = 64;
constexpr Duration kTimeBetweenPolls = std::chrono::milliseconds(4);

// At the end of a run in virtual time a clean-up that waits for nothing is cancelled again, but not for ever.
constexpr int kCancellationsOfHungCleanUp = 3;

event_base* make_base() {
  event_config* config = event_config_new();
  if (config == nullptr) throw std::bad_alloc();
  event_config_set_flag(config, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
  event_base* base = event_base_new_with_config(config);
  event_config_free(config);
  if (base == nullptr) throw std::runtime_error("libevent cannot start: too many open files?");
  return base;
}

timeval to_timeval(Duration duration) {
  // Rounded up: to wake too early is to spin.
  const auto us = std::chrono::ceil<std::chrono::microseconds>(duration).count();
  return {.tv_sec = us / 1'000'000, .tv_usec = us % 1'000'000};
}

class Callback final : public Runnable {
 public:
  Callback(const EventLoop& loop, std::move_only_function<void()> call)
      : loop_(loop), call_(std::move(call)) {}
  void run() noexcept override {
    const std::unique_ptr<Callback> self(this);
    const EventLoop::Step step(loop_, "a callback");
    call_();
  }

 private:
  const EventLoop& loop_;
  std::move_only_function<void()> call_;
};

}  // namespace

EventLoop::Scope::Scope(EventLoop& loop) {
  if (current_loop != nullptr) throw std::logic_error("an event loop already runs on this thread");
  current_loop = &loop;
}

EventLoop::Scope::~Scope() { current_loop = nullptr; }

struct EventLoop::Wakeup {
  explicit Wakeup(event_base* base) : fd(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (fd < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    ev.reset(event_new(base, fd, EV_READ | EV_PERSIST, &Wakeup::drain, this));
    if (!ev || event_add(ev.get(), nullptr) != 0) {
      close(fd);
      throw std::bad_alloc();
    }
  }
  ~Wakeup() {
    ev.reset();
    close(fd);
  }
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  void signal() const noexcept {
    const std::uint64_t one = 1;
    // Only a counter at its maximum refuses, and then the loop wakes anyway.
    [[maybe_unused]] const ssize_t written = write(fd, &one, sizeof one);
  }
  static void drain(evutil_socket_t fd, short, void*) {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = read(fd, &count, sizeof count);
  }

  int fd;
  EventHandle ev;
};

EventLoop::EventLoop() : EventLoop(monotonic_clock_, nullptr) {}
EventLoop::EventLoop(VirtualClock& clock) : EventLoop(clock, &clock) {}

EventLoop::EventLoop(const Clock& clock, VirtualClock* virtual_clock)
    : clock_(clock),
      virtual_clock_(virtual_clock),
      base_(make_base()),
      wakeup_(std::make_unique<Wakeup>(base_.get())),
      deadline_(event_new(
          base_.get(), -1, 0, [](evutil_socket_t, short, void*) {}, nullptr)) {
  if (!deadline_) throw std::bad_alloc();
}

EventLoop::~EventLoop() {
  thread_pool_.reset();
  while (Runnable* item = ready_.pop()) item->run();
}

EventLoop& EventLoop::current() {
  if (current_loop == nullptr) throw std::logic_error("no event loop runs on this thread");
  return *current_loop;
}

bool EventLoop::has_busy_threads() const { return thread_pool_ && thread_pool_->is_busy(); }

ThreadPool& EventLoop::thread_pool() {
  if (!thread_pool_)
    thread_pool_ = std::make_unique<ThreadPool>(std::max(1U, std::thread::hardware_concurrency()));
  return *thread_pool_;
}

void EventLoop::call_soon(std::move_only_function<void()> callback) {
  make_ready(*new Callback(*this, std::move(callback)));
}

void EventLoop::post(std::move_only_function<void()> callback) {
  bool was_empty = false;
  {
    const std::lock_guard lock(posted_mutex_);
    was_empty = posted_.empty();
    posted_.push_back(std::move(callback));
  }
  if (was_empty) wakeup_->signal();
}

void EventLoop::take_posted() {
  std::vector<std::move_only_function<void()>> posted;
  {
    const std::lock_guard lock(posted_mutex_);
    posted.swap(posted_);
  }
  for (auto& callback : posted) {
    const Step step(*this, "a callback");
    callback();
  }
}

void EventLoop::report_unretrieved_error(const TaskState& task) noexcept {
  // A handle may outlive its loop: the one that runs now is told.
  if (current_loop != nullptr && current_loop->on_unretrieved_error_) {
    current_loop->on_unretrieved_error_(task.name(), task.error());
    return;
  }
  std::string error = describe(task.error());
  std::ranges::replace(error, '\n', ' ');
  std::fprintf(stderr, "%s failed, and nobody asked for its error: %s\n", task.display_name().c_str(),
               error.c_str());
}

void EventLoop::adopt(TaskState& task) {
  task.add_reference();
  tasks_.append(task);
}

void EventLoop::release(TaskState& task) {
  if (task.is_left_over_) --left_over_;
  tasks_.remove(task);
  task.drop_reference();
}

void EventLoop::run_until_done(TaskState& main) {
  std::exception_ptr deadlock;
  try {
    while (!main.is_done()) run_round();
  } catch (const Deadlock&) {
    deadlock = std::current_exception();
  }
  // What ends may start more: a task its clean-up, a callback a task.
  do {
    end_left_over_tasks(deadlock);
    thread_pool_.reset();
    take_posted();
    run_ready();
  } while (!tasks_.is_empty() || !ready_.is_empty());
  if (deadlock) std::rethrow_exception(deadlock);
}

void EventLoop::end_left_over_tasks(std::exception_ptr& deadlock) {
  for (int hung = 0; !tasks_.is_empty();) {
    for (TaskState* task = tasks_.first(); task != nullptr; task = tasks_.after(*task)) {
      if (!task->is_left_over_) ++left_over_;
      task->is_left_over_ = true;
      task->cancel();
    }
    try {
      while (left_over_ > 0) run_round();
    } catch (const Deadlock&) {
      if (!deadlock) deadlock = std::current_exception();
      if (++hung == kCancellationsOfHungCleanUp) throw;
    }
  }
}

void EventLoop::run_round() {
  if (ready_.is_empty() || steps_since_poll_ >= kStepsBetweenPolls ||
      clock_.coarse_now() - polled_at_ >= kTimeBetweenPolls)
    poll();
  else if (virtual_clock_ != nullptr)  // costs nothing to look at
    timers_.fire_due(now());
  run_ready();
}

void EventLoop::run_ready() {
  ReadyQueue batch = std::exchange(ready_, {});
  while (Runnable* item = batch.pop()) {
    ++steps_since_poll_;
    item->run();
  }
}

void EventLoop::poll() {
  steps_since_poll_ = 0;
  // Before libevent is asked too: what libcurl then wants to watch goes to the kernel in the same call.
  timers_.fire_due(now());
  const std::optional<TimePoint> deadline = timers_.earliest();
  const bool is_due = deadline && *deadline <= now();
  if (!ready_.is_empty() || is_due) {
    wait_for_events(Duration::zero());
  } else if (virtual_clock_ == nullptr) {
    wait_for_events(deadline ? std::optional(*deadline - now()) : std::nullopt);
  } else if (external_waits_ > 0) {
    wait_for_events(std::nullopt);
  } else if (deadline) {
    virtual_clock_->advance_to(*deadline);
  } else {
    throw Deadlock("every task waits, and nothing can wake one:\n" + describe_tasks());
  }
  take_posted();
  timers_.fire_due(now());
  polled_at_ = clock_.coarse_now();
}

void EventLoop::wait_for_events(std::optional<Duration> at_most) {
  int flags = EVLOOP_ONCE;
  if (at_most && *at_most <= Duration::zero()) {
    flags |= EVLOOP_NONBLOCK;
  } else if (at_most) {
    const timeval tv = to_timeval(*at_most);
    event_add(deadline_.get(), &tv);
  } else {
    event_del(deadline_.get());
  }
  event_base_loop(base_.get(), flags);
}

std::string EventLoop::describe_tasks() const {
  std::string lines;
  for (const TaskState* task = tasks_.first(); task != nullptr; task = tasks_.after(*task)) {
    lines += task->display_name();
    lines += " waits for ";
    lines += task->waits_for();
    if (task->joined() != nullptr) {
      lines += ": ";
      lines += task->joined()->display_name();
    }
    lines += '\n';
  }
  return lines;
}

}  // namespace crawler::async
