// Lecture 21, concept 1.1: what 10,000 waiting threads cost, and what 10,000 waiting tasks do. Real time
// only. Another number may be given: threads_and_tasks [10000]
//
// Virtual memory is what was set aside, such as stacks; resident is the part of it that was ever used. What
// the kernel keeps for a thread, such as a second stack, is in neither.
#include <cstddef>
#include <exception>
#include <fstream>
#include <latch>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "crawler/async/event.h"
#include "crawler/async/gather.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

/// Measures what has come since it was made.
class Cost {
 public:
  void print_of(std::size_t count, const std::string& what) const {
    const double elapsed = perf_counter() - start_time_;
    print(count, ' ', what, " wait, started in ", fixed(1000 * elapsed, 1), " ms");
    if (count == 0) return;
    const Memory now;
    const auto each = [&](double grown) { return fixed(grown / static_cast<double>(count), 1); };
    print("  each has ", each(now.resident - before_.resident), " kB resident, ",
          each(now.total - before_.total), " kB virtual");
  }

 private:
  /// Of this process, in kilobytes.
  struct Memory {
    Memory() {
      std::ifstream("/proc/self/statm") >> total >> resident;
      const double page = static_cast<double>(sysconf(_SC_PAGESIZE)) / 1000;
      total *= page;
      resident *= page;
    }
    double total = 0;
    double resident = 0;
  };

  const Memory before_;
  const double start_time_ = perf_counter();
};

void wait_in_threads(int count) {
  const Cost cost;
  std::latch go(1);
  std::vector<std::jthread> threads;
  try {
    for (int i = 0; i < count; ++i) threads.emplace_back([&] { go.wait(); });
  } catch (const std::exception& error) {
    print("no more threads can be started: ", error.what());
  }
  cost.print_of(threads.size(), "threads");
  go.count_down();
}

Task<> wait_in_task(Event& go) { co_await go.wait(); }

Task<> wait_in_tasks(int count) {
  const Cost cost;
  Event go;
  std::vector<TaskHandle<>> tasks;
  for (int i = 0; i < count; ++i) tasks.push_back(spawn(wait_in_task(go)));
  co_await sleep(0s);  // each runs up to its await
  cost.print_of(tasks.size(), "tasks");
  go.set();
  co_await gather(tasks);
}

Task<> main_task(int count) {
  co_await wait_in_tasks(count);
  wait_in_threads(count);
}

int main(int argc, char** argv) { run(main_task(argument(argc, argv, 1, 10'000))); }
