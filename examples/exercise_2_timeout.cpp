// Exercise 2: wraps a slow coroutine in a timeout of 2.0 seconds, and sees that it throws.
#include "crawler/async/cancelled.h"
#include "crawler/async/sleep.h"
#include "crawler/async/timeout.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> slow_op() {
  try {
    co_await sleep(10s);
    print("slow_op completed");
  } catch (const Cancelled&) {
    print("slow_op was cancelled");
    throw;
  }
}

Task<> main_task() {
  const double start_time = perf_counter();
  try {
    co_await timeout(2s, [](Timeout&) { return slow_op(); });
    print("no timeout");
  } catch (const TimedOut& error) {
    print("TimedOut (", error.what(), ") after ", seconds(perf_counter() - start_time));
  }
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
