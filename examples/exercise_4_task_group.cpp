// Exercise 4: fetches in a task group. One fails: its siblings are cancelled, and the group throws.
#include <stdexcept>
#include <string>

#include "crawler/async/cancelled.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/sleep.h"
#include "crawler/async/task_group.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> fetch(std::string url, Duration delay) {
  try {
    co_await sleep(delay);
    if (url == "broken") throw std::runtime_error("cannot fetch " + url);
    print("fetched ", url);
  } catch (const Cancelled&) {
    print(url, " was cancelled");
    throw;
  }
}

Task<> main_task() {
  const double start_time = perf_counter();
  try {
    co_await task_group([](TaskGroup& tg) {
      tg.spawn(fetch("fast", 1s));
      tg.spawn(fetch("broken", 2s));
      tg.spawn(fetch("slow", 3s));
      tg.spawn(fetch("slower", 4s));
    });
  } catch (const ExceptionGroup& group) {
    print("after ", seconds(perf_counter() - start_time), ": ", group.what());
  }
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
