// Async / Await, async context managers: what is opened is closed, whichever way the block is left.
#include <exception>
#include <stdexcept>

#include "crawler/async/async_with.h"
#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

class Session {
 public:
  Task<> enter() { co_await connect(); }
  Task<> exit(const std::exception_ptr&) { co_await close(); }

 private:
  Task<> connect() {
    co_await sleep(100ms);
    print("connected");
  }
  Task<> close() {
    co_await sleep(100ms);
    print("closed");
  }
};

Task<> use(Session&) {
  print("in use");
  co_return;
}

Task<> fail(Session&) {
  print("about to fail");
  co_await sleep(100ms);
  throw std::runtime_error("the block failed");
}

Task<> main_task() {
  co_await async_with(Session(), use);
  try {
    co_await async_with(Session(), fail);
  } catch (const std::runtime_error& error) {
    print(error.what());
  }
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
