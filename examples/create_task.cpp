// Async / Await, create_task: a fetch runs while main does something else, and is awaited when it is needed.
#include <string>

#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<std::string> fetch(std::string url) {
  print("fetching ", url);
  co_await sleep(2s);
  co_return "the page of " + url;
}

Task<> do_other_stuff() {
  print("other stuff begins");
  co_await sleep(1s);
  print("other stuff is done");
}

Task<> main_task() {
  const double start_time = perf_counter();
  const TaskHandle<std::string> task = spawn(fetch("url"));  // starts when main first suspends
  co_await do_other_stuff();
  const std::string result = co_await task;  // now wait
  print("got ", result, " after ", seconds(perf_counter() - start_time));
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
