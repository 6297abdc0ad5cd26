// Async / Await, timeouts: wait_for bounds one await, timeout whatever is awaited in a scope.
#include <string>

#include "crawler/async/sleep.h"
#include "crawler/async/timeout.h"
#include "crawler/async/wait_for.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<std::string> slow_op() {
  co_await sleep(1h);
  co_return "too late";
}

Task<> main_task() {
  const double start_time = perf_counter();
  try {
    const std::string result = co_await wait_for(slow_op(), 5s);
    print(result);
  } catch (const TimedOut&) {
    print("timed out after ", seconds(perf_counter() - start_time));
  }

  // 3.11+ alternative: async with asyncio.timeout(5.0):
  try {
    co_await timeout(5s, []() -> Task<> {
      const std::string result = co_await slow_op();
      print(result);
    });
  } catch (const TimedOut&) {
    print("timed out after ", seconds(perf_counter() - start_time));
  }
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
