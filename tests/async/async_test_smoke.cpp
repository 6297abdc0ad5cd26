#include <gtest/gtest.h>

#include "crawler/async/async_generator.h"
#include "crawler/async/async_with.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/queue.h"
#include "crawler/async/run.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/signals.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task_group.h"
#include "crawler/async/timeout.h"
#include "crawler/async/to_thread.h"

using namespace crawler::async;
using namespace std::chrono_literals;

Task<int> twice(int n) { co_await sleep(1s); co_return 2 * n; }

TEST(A, B) {
  VirtualClock clock;
  EventLoop loop(clock);
  int x = run(loop, []() -> Task<int> {
    TaskHandle<int> h = spawn(twice(3));
    int v = co_await h;
    int w = co_await spawn(twice(4));
    Semaphore s(1);
    {
      auto p = co_await s.acquire();
    }
    bool caught = false;
    try {
      co_await task_group([&](TaskGroup& g) -> Task<> {
        g.spawn(twice(3));
        g.spawn([]() -> Task<> { co_await sleep(500ms); throw std::runtime_error("boo"); }());
        co_return;
      });
    } catch (const ExceptionGroup& e) {
      caught = true;
      EXPECT_STREQ(e.what(), "unhandled errors in a task group (1 sub-exception)\n  boo");
    }
    EXPECT_TRUE(caught);
    int t = co_await to_thread([](int a, std::string) { return a + 1; }, 4, std::string("x"));
    EXPECT_EQ(t, 5);
    Queue<int> q(2);
    auto prod = spawn([](Queue<int>& qq) -> Task<> { for (int i = 0; i < 10; ++i) co_await qq.put(i); qq.shutdown(); }(q));
    auto gen = [](Queue<int>& qq) -> AsyncGenerator<int> {
      for (;;) {
        int v = 0;
        try { v = co_await qq.get(); } catch (const QueueShutDown&) { co_return; }
        co_yield v;
      }
    }(q);
    int sum = 0;
    while (auto i = co_await gen.next()) sum += *i;
    EXPECT_EQ(sum, 45);
    bool timed = false;
    try {
      co_await timeout(2s, [](Timeout&) -> Task<> { co_await sleep(3s); });
    } catch (const TimedOut&) { timed = true; }
    EXPECT_TRUE(timed);
    co_return v + w;
  }());
  EXPECT_EQ(x, 14);
}
