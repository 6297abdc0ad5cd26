// Notes, 4: a future, or the pizza box. The box is there at once; the pizza comes into it later.
#include <string>

#include "crawler/async/future.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<std::string> start_and_finish_job() {
  co_await sleep(2s);
  co_return "a pizza";
}

/// A task is a future as well: the box of what its coroutine returns.
TaskHandle<std::string> started_but_unfinished_job() { return spawn(start_and_finish_job()); }

/// The pizzeria fills a box that somebody else holds.
Task<> bake(Future<std::string>& box) {
  co_await sleep(2s);
  box.set_value("a pizza");
}

void peek(bool is_done) { print("peek: ", is_done ? "it is there" : "not yet"); }

Task<> main_task() {
  print("synchronous: stand and wait");
  const std::string result = co_await start_and_finish_job();
  print("eat ", result);

  print("asynchronous: a task");
  const TaskHandle<std::string> result_future = started_but_unfinished_job();
  peek(result_future.is_done());
  co_await sleep(3s);  // chat
  peek(result_future.is_done());
  print("eat ", co_await result_future);

  print("asynchronous: an empty box");
  Future<std::string> box;
  const TaskHandle<> pizzeria = spawn(bake(box));
  peek(box.is_done());
  print("eat ", co_await box);
  co_await pizzeria;
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
