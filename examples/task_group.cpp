// Async / Await, asyncio.TaskGroup: the group ends when all its tasks have. What happens when one fails is in
// exercise_4_task_group.cpp.
#include "crawler/async/task_group.h"

#include <string>

#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> fetch(std::string url) {
  print("fetching ", url);
  co_await sleep(1s);
  print("fetched ", url);
}

Task<> main_task() {
  co_await task_group([](TaskGroup& tg) {
    tg.spawn(fetch("url1"));
    tg.spawn(fetch("url2"));
  });
  print("all tasks awaited");
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
