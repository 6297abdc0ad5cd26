// Lecture 21, example 21.2: waits for three tasks, 1.2 seconds at most, and cancels the one that is left.
#include <string>
#include <vector>

#include "crawler/async/cancelled.h"
#include "crawler/async/gather.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/wait.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<std::string> long_running_job(std::string job_id, Duration duration) {
  try {
    print("Job ", job_id, " started");
    co_await sleep(duration);
    print("Job ", job_id, " completed");
    co_return "Result_" + job_id;
  } catch (const Cancelled&) {
    print("Job ", job_id, " was cancelled");
    throw;
  }
}

Task<> main_task() {
  const auto task1 = spawn(long_running_job("A", 2s));
  const auto task2 = spawn(long_running_job("B", 500ms));
  const auto task3 = spawn(long_running_job("C", 1s));

  const std::vector tasks{task1, task2, task3};
  const auto waited = co_await wait(tasks, {.timeout = 1200ms});
  const auto& [done, pending] = waited;

  print("Done: ", done.size(), ", Pending: ", pending.size());
  for (const auto& task : pending) task.cancel();
  co_await gather_outcomes(pending);
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
