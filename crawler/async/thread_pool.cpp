#include "crawler/async/thread_pool.h"

#include <pthread.h>
#include <signal.h>
#include <utility>

namespace crawler::async {

namespace {

/// Signals are the loop's: a thread made while this lives inherits a mask that blocks them all.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

ThreadPool::ThreadPool(std::size_t threads) {
  const SignalsBlocked signals_blocked;
  try {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (...) {
    close();  // where threads are limited: those that did start must end, or joining them never would
    throw;
  }
}

ThreadPool::~ThreadPool() { close(); }

void ThreadPool::close() {
  std::deque<std::move_only_function<void()>> dropped;
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
    dropped.swap(jobs_);
  }
  changed_.notify_all();
}

void ThreadPool::submit(std::move_only_function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
}

bool ThreadPool::is_busy() const {
  const std::lock_guard lock(mutex_);
  return running_ > 0;
}

void ThreadPool::work() {
  for (;;) {
    std::move_only_function<void()> job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_closing_ || !jobs_.empty(); });
      if (is_closing_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      ++running_;
    }
    job();
    job = nullptr;  // what it owns goes before it counts as ended
    const std::lock_guard lock(mutex_);
    --running_;
  }
}

}  // namespace crawler::async
