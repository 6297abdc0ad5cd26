// What the parts of the runtime cost, one by one. asyncio_bench.py is the same programs in Python, under the
// same names; bench/async runs both.
#include <benchmark/benchmark.h>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <unistd.h>
#include <utility>
#include <vector>

#include "crawler/async/async_generator.h"
#include "crawler/async/cancelled.h"
#include "crawler/async/queue.h"
#include "crawler/async/run.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/task_group.h"
#include "crawler/async/timeout.h"

namespace crawler::async {
namespace {

using benchmark::Counter;
using benchmark::State;
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;

constexpr std::int64_t kBatch = 1000;
constexpr std::size_t kMany = 1'000'000;

Task<> nothing() { co_return; }
Task<int> one() { co_return 1; }
Task<> sleep_long() { co_await sleep(1h); }

Task<> await_child(State& state) {
  for (auto _ : state) {
    int value = co_await one();
    benchmark::DoNotOptimize(value);
  }
}

Task<> resume(State& state) {
  for (auto _ : state) co_await sleep(0s);
}

/// As in a crawl: there is always some deadline, and so the loop asks for the time.
Task<> resume_beside_a_timer(State& state) {
  const TaskHandle<> sleeper = spawn(sleep_long());
  for (auto _ : state) co_await sleep(0s);
}

Task<> resume_many(State& state, std::int64_t tasks) {
  bool is_over = false;
  const auto yield_on = [&]() -> Task<> {
    while (!is_over) co_await sleep(0s);
  };
  for (std::int64_t i = 1; i < tasks; ++i) spawn(yield_on());
  for (auto _ : state) co_await sleep(0s);
  is_over = true;
  co_await sleep(0s);
  state.SetItemsProcessed(state.iterations() * tasks);
}

Task<> spawn_and_join(State& state) {
  for (auto _ : state) co_await spawn(nothing());
}

Task<> spawn_many(State& state) {
  std::vector<TaskHandle<>> tasks;
  for (auto _ : state) {
    for (std::int64_t i = 0; i < kBatch; ++i) tasks.push_back(spawn(nothing()));
    for (const TaskHandle<>& task : tasks) co_await task;
    tasks.clear();
  }
  state.SetItemsProcessed(state.iterations() * kBatch);
}

Task<> spawn_in_group(State& state) {
  for (auto _ : state)
    co_await task_group([](TaskGroup& group) {
      for (std::int64_t i = 0; i < kBatch; ++i) group.spawn(nothing());
    });
  state.SetItemsProcessed(state.iterations() * kBatch);
}

AsyncGenerator<int> ones() {
  for (;;) co_yield 1;
}

Task<> next_of_generator(State& state) {
  AsyncGenerator<int> stream = ones();
  for (auto _ : state) {
    std::optional<int> value = co_await stream.next();
    benchmark::DoNotOptimize(value);
  }
}

Task<> acquire_permit(State& state) {
  Semaphore permits(1);
  for (auto _ : state) const Semaphore::Permit permit = co_await permits.acquire();
}

Task<> put_and_get(State& state) {
  Queue<int> queue(1);
  for (auto _ : state) {
    co_await queue.put(1);
    int value = co_await queue.get();
    benchmark::DoNotOptimize(value);
  }
}

Task<> await_in_timeout(State& state) {
  for (auto _ : state) {
    int value = co_await timeout(1h, [] { return one(); });
    benchmark::DoNotOptimize(value);
  }
}

Task<> fail() {
  throw std::runtime_error("no");
  co_return;
}

Task<> catch_from_child(State& state) {
  for (auto _ : state) {
    try {
      co_await fail();
    } catch (const std::runtime_error&) {
    }
  }
}

Task<> cancel_and_join(State& state) {
  for (auto _ : state) {
    const TaskHandle<> sleeper = spawn(sleep_long());
    co_await sleep(0s);
    sleeper.cancel();
    try {
      co_await sleeper;
    } catch (const Cancelled&) {
    }
  }
}

std::size_t resident_bytes() {
  std::size_t size = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// All of it counts: the tasks, their frames and timers, and a handle of each.
Task<> sleep_many(State& state) {
  for (auto _ : state) {
    const std::size_t before = resident_bytes();
    std::vector<TaskHandle<>> tasks;
    for (std::size_t i = 0; i < kMany; ++i) tasks.push_back(spawn(sleep_long(), "sleeper"));
    co_await sleep(0s);
    state.counters["bytes"] = static_cast<double>(resident_bytes() - before) / kMany;
    for (const TaskHandle<>& task : tasks) task.cancel();
    for (const TaskHandle<>& task : tasks) {
      try {
        co_await task;
      } catch (const Cancelled&) {
      }
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(kMany));
}

template <class Program>
void measure(State& state, Program program) {
  run(program(state));
  if (state.items_processed() == 0) state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(measure, await_child, await_child);
BENCHMARK_CAPTURE(measure, resume, resume);
BENCHMARK_CAPTURE(measure, resume_beside_a_timer, resume_beside_a_timer);
BENCHMARK_CAPTURE(measure, resume_of_1000, [](State& state) { return resume_many(state, 1000); });
BENCHMARK_CAPTURE(measure, resume_of_100000, [](State& state) { return resume_many(state, 100'000); });
BENCHMARK_CAPTURE(measure, spawn_and_join, spawn_and_join);
BENCHMARK_CAPTURE(measure, spawn_many, spawn_many);
BENCHMARK_CAPTURE(measure, spawn_in_group, spawn_in_group);
BENCHMARK_CAPTURE(measure, next_of_generator, next_of_generator);
BENCHMARK_CAPTURE(measure, acquire_permit, acquire_permit);
BENCHMARK_CAPTURE(measure, put_and_get, put_and_get);
BENCHMARK_CAPTURE(measure, await_in_timeout, await_in_timeout);
BENCHMARK_CAPTURE(measure, catch_from_child, catch_from_child);
BENCHMARK_CAPTURE(measure, cancel_and_join, cancel_and_join);
// Once: a second time the memory of the first would serve.
BENCHMARK_CAPTURE(measure, sleep_many, sleep_many)->Iterations(1)->Repetitions(1);

}  // namespace
}  // namespace crawler::async

BENCHMARK_MAIN();
