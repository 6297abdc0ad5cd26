// Notes, 6: tasks start in the order in which they were created, whatever the order in which main awaits
// them.
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<> T1() {
  print("T1 start");
  co_await sleep(2s);
  print("T1 end");
}

Task<> T2() {
  print("T2 start");
  print("T2 end");
  co_return;
}

Task<> T3() {
  print("T3 start");
  print("T3 end");
  co_return;
}

Task<> main_task() {
  print("main start");
  const TaskHandle<> t1 = spawn(T1());
  const TaskHandle<> t3 = spawn(T3());
  const TaskHandle<> t2 = spawn(T2());
  print("main middle");
  co_await t1;
  co_await t2;
  co_await t3;
  print("main end");
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
