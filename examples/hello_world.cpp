// Notes, 5: hello, a second, world.
#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> main_task() {
  print("hello");
  co_await sleep(1s);
  print("world");
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
