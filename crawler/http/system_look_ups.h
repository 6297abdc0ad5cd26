// Look-ups that may block, on a few threads which nobody waits for at the end.
//
//   class Wanted final : public SystemLookUps::Question {
//     void take_system_answer(SystemAnswer answer) noexcept override { … }
//   };
//   look_ups.ask("printer.local", wanted);
//
// Contract: loop thread only. The question is told once, in a later round of the loop, unless it withdraws;
// its destructor withdraws. What has not begun by then never runs. The function is called on several threads
// at a time; it must not throw, and owns all that it touches: it may still run when the look-ups, the loop
// and main() are gone, for it cannot be interrupted. The threads start with the first question; ask() throws
// std::system_error where threads are limited.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "crawler/async/event_loop.h"
#include "crawler/async/thread_pool.h"
#include "crawler/http/system_names.h"

namespace crawler::http {

class SystemLookUps {
  struct Job;

 public:
  using Function = std::function<SystemAnswer(const std::string& name)>;

  class Question {
   public:
    void withdraw() noexcept;

   protected:
    Question() = default;
    ~Question() { withdraw(); }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    virtual void take_system_answer(SystemAnswer answer) noexcept = 0;

   private:
    friend class SystemLookUps;
    std::shared_ptr<Job> job_;  // while it asks
  };

  SystemLookUps(async::EventLoop& loop, Function function);
  ~SystemLookUps();
  SystemLookUps(const SystemLookUps&) = delete;
  SystemLookUps& operator=(const SystemLookUps&) = delete;

  void ask(const std::string& name, Question& question);

 private:
  /// The way from the threads to the loop; it outlives both ends.
  struct WayBack;

  const Function function_;
  const std::shared_ptr<WayBack> way_back_;
  std::unique_ptr<async::ThreadPool> pool_;
};

}  // namespace crawler::http
