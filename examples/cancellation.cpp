// Async / Await, cancellation: a task is cancelled where it awaits, cleans up, and ends as cancelled.
#include "crawler/async/cancelled.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> long_op() {
  try {
    print("long_op started");
    co_await sleep(1h);
    print("long_op completed");
  } catch (const Cancelled&) {
    print("long_op cleans up");
    throw;
  }
}

Task<> main_task() {
  const double start_time = perf_counter();
  const TaskHandle<> task = spawn(long_op());
  co_await sleep(2s);
  task.cancel();  // requests cancellation
  try {
    co_await task;
  } catch (const Cancelled&) {
    print("cancelled after ", seconds(perf_counter() - start_time));
  }
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
