// A fixed number of threads that run what they are given, first come, first served.
//
//   ThreadPool pool(1);
//   pool.submit([] { fsync(fd); });
//
// Contract: submit() from any thread; a job must not throw. The destructor drops the jobs that have not
// begun, and waits for those that have. The constructor throws std::system_error where threads are limited.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace crawler::async {

class ThreadPool {
 public:
  explicit ThreadPool(std::size_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  void submit(std::move_only_function<void()> job);
  /// Whether a job has begun and not ended.
  bool is_busy() const;

 private:
  void close();
  void work();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::move_only_function<void()>> jobs_;
  std::size_t running_ = 0;
  bool is_closing_ = false;
  std::vector<std::jthread> threads_;  // last: joined before what they use goes
};

}  // namespace crawler::async
