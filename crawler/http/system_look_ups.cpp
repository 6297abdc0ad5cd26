#include "crawler/http/system_look_ups.h"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace crawler::http {
namespace {

constexpr std::size_t kThreads = 4;

}  // namespace

struct SystemLookUps::Job {
  std::string name;
  SystemAnswer answer;                     // written by the thread before it posts, read by the loop after
  Question* question;                      // loop thread only; null: withdrawn
  std::atomic<bool> is_withdrawn = false;  // for the thread
};

struct SystemLookUps::WayBack {
  explicit WayBack(async::EventLoop& to) : loop(&to) {}

  void post(std::shared_ptr<Job> job) {
    const std::lock_guard lock(mutex);
    --running;
    if (loop == nullptr) return;
    loop->post([job = std::move(job)] {
      Question* const question = std::exchange(job->question, nullptr);
      if (question == nullptr) return;
      question->job_.reset();
      question->take_system_answer(std::move(job->answer));
    });
  }

  std::mutex mutex;
  async::EventLoop* loop;  // null: nobody is left
  int running = 0;         // jobs that were submitted, and have not ended
};

void SystemLookUps::Question::withdraw() noexcept {
  if (!job_) return;
  job_->question = nullptr;
  job_->is_withdrawn.store(true, std::memory_order_relaxed);
  job_.reset();
}

SystemLookUps::SystemLookUps(async::EventLoop& loop, Function function)
    : function_(std::move(function)), way_back_(std::make_shared<WayBack>(loop)) {}

SystemLookUps::~SystemLookUps() {
  bool is_idle = false;
  {
    const std::lock_guard lock(way_back_->mutex);
    way_back_->loop = nullptr;
    is_idle = way_back_->running == 0;
  }
  if (is_idle) return;
  try {
    // To join the pool's threads may take long: a thread of its own does.
    std::thread([pool = std::move(pool_)] {}).detach();
  } catch (const std::system_error&) {
    // Threads are limited: then they were joined here.
  }
}

void SystemLookUps::ask(const std::string& name, Question& question) {
  if (!pool_) pool_ = std::make_unique<async::ThreadPool>(kThreads);
  const auto job = std::make_shared<Job>();
  job->name = name;
  job->question = &question;
  question.job_ = job;
  {
    const std::lock_guard lock(way_back_->mutex);
    ++way_back_->running;
  }
  pool_->submit([job, way_back = way_back_, function = function_] {
    if (!job->is_withdrawn.load(std::memory_order_relaxed)) job->answer = function(job->name);
    way_back->post(job);
  });
}

}  // namespace crawler::http
