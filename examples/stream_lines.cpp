// Async / Await, async iteration: lines are processed as they arrive, while other tasks run in between.
#include <string>
#include <utility>

#include "crawler/async/async_generator.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

/// Stands for a connection: three lines, a second apart.
AsyncGenerator<std::string> open_reader() {
  for (int i = 1; i <= 3; ++i) {
    co_await sleep(1s);
    co_yield "line " + std::to_string(i);
  }
}

void process(const std::string& line) { print(line); }

Task<> stream_lines(AsyncGenerator<std::string> reader) {
  while (const auto line = co_await reader.next()) process(*line);
}

Task<> other_task() {
  co_await sleep(1500ms);
  print("another task");
}

Task<> main_task() {
  const TaskHandle<> other = spawn(other_task());
  co_await stream_lines(open_reader());
  co_await other;
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
