// Exercise 3: a hundred requests, of which a semaphore lets ten run at a time.
#include <algorithm>
#include <vector>

#include "crawler/async/gather.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

/// Sees how many are in it at once.
struct Server {
  int running = 0;
  int most = 0;

  Task<> request() {
    most = std::max(most, ++running);
    co_await sleep(1s);
    --running;
  }
};

Task<> fetch(Server& server, Semaphore& pool) {
  const Semaphore::Permit permit = co_await pool.acquire();
  co_await server.request();
}

Task<> main_task() {
  const double start_time = perf_counter();
  Server server;
  Semaphore pool(10);
  std::vector<Task<>> fetches;
  for (int i = 0; i < 100; ++i) fetches.push_back(fetch(server, pool));
  co_await gather(std::move(fetches));
  print("100 requests of 1 s, 10 at a time: ", seconds(perf_counter() - start_time));
  print("at most ", server.most, " at once");
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
