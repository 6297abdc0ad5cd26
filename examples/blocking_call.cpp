// Lecture 21, concept 4.1: a call that blocks freezes the loop; on a thread it does not (run_in_executor).
// Real time only. The call's milliseconds may be given: blocking_call [1000]
#include <chrono>
#include <thread>

#include "crawler/async/cancelled.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/to_thread.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

/// A driver that knows nothing of the loop.
void blocking_call(std::chrono::milliseconds duration) { std::this_thread::sleep_for(duration); }

/// All the other tasks of a server: ticks for as long as they are let.
Task<> others(int& ticks) {
  while (true) {
    co_await sleep(10ms);
    ++ticks;
  }
}

Task<> main_task(std::chrono::milliseconds duration) {
  int ticks = 0;
  const TaskHandle<> background = spawn(others(ticks));
  co_await sleep(0s);  // it starts

  double start_time = perf_counter();
  blocking_call(duration);
  print("on the loop: ", seconds(perf_counter() - start_time), ", and the others ran ", ticks, " times");

  start_time = perf_counter();
  co_await to_thread(blocking_call, duration);
  print("on a thread: ", seconds(perf_counter() - start_time), ", and the others ran ", ticks, " times");

  background.cancel();
  try {
    co_await background;
  } catch (const Cancelled&) {
  }
}

int main(int argc, char** argv) { run(main_task(std::chrono::milliseconds(argument(argc, argv, 1, 1000)))); }
