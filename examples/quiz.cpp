// Notes, 7: two awaits one after the other take three seconds; two tasks take two.
#include <ctime>
#include <string>

#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

/// time.strftime('%X') by a clock that shows the lecture's time of day when it is first looked at.
std::string strftime_x() {
  static const double first_look = perf_counter();
  const std::time_t shown = 17 * 3600 + 13 * 60 + 52 + static_cast<std::time_t>(perf_counter() - first_look);
  std::string text(8, '\0');
  std::strftime(text.data(), text.size() + 1, "%X", std::gmtime(&shown));
  return text;
}

Task<> say_after(Duration delay, std::string what) {
  co_await sleep(delay);
  print(what);
}

Task<> sequential_awaits() {
  print("started at ", strftime_x());
  co_await say_after(1s, "hello");
  co_await say_after(2s, "world");
  print("finished at ", strftime_x());
}

Task<> concurrent_with_tasks() {
  const TaskHandle<> task1 = spawn(say_after(1s, "hello"));
  const TaskHandle<> task2 = spawn(say_after(2s, "world"));

  print("started at ", strftime_x());
  co_await task1;
  co_await task2;
  print("finished at ", strftime_x());
}

Task<> main_task() {
  print("Sequential awaits");
  co_await sequential_awaits();
  print("Concurrent with tasks");
  co_await concurrent_with_tasks();
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
