// Async / Await: two greetings one after the other take two seconds; three at once take one.
#include <string>

#include "crawler/async/gather.h"
#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> greet(std::string name, Duration delay) {
  co_await sleep(delay);
  print("hi ", name);
}

Task<> one_after_the_other() {
  co_await greet("Alice", 1s);
  co_await greet("Bob", 1s);
}

Task<> at_once() {
  // gather runs them concurrently and waits for all
  co_await gather(greet("Alice", 1s), greet("Bob", 1s), greet("Carol", 1s));
}

Task<> main_task() {
  double start_time = perf_counter();
  co_await one_after_the_other();
  print("Takes ", seconds(perf_counter() - start_time), ": sequential");

  start_time = perf_counter();
  co_await at_once();
  print("Takes ", seconds(perf_counter() - start_time), ": all three sleep concurrently");
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
