// Notes, 3: the ten jobs of threads.cpp as tasks on one thread.
#include <cstdint>
#include <vector>

#include "crawler/async/gather.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<std::int64_t> job(int n) {
  // CPU-bound simulation
  std::int64_t acc = 0;
  for (std::int64_t i = 0; i < n * 1000; ++i) acc += i * i;
  // I/O-bound simulation
  co_await sleep(n * 1s);
  co_return acc;
}

Task<> main_task() {
  std::vector<TaskHandle<std::int64_t>> tasks;
  for (int i = 0; i < 10; ++i) tasks.push_back(spawn(job(i)));
  const auto results = co_await gather(tasks);
  print(results);
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
