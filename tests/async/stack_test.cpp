// A million of everything: the stack never grows with the work.

#include <vector>

#include "crawler/async/async_generator.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

constexpr int kMany = 1'000'000;

Task<int> add_one(int n) { co_return n + 1; }
Task<int> count_down(int n) {
  if (n == 0) co_return 0;
  const int below = co_await count_down(n - 1);
  co_return below + 1;
}
Task<> throw_from_below(int depth) {
  if (depth == 0) throw std::runtime_error("x");
  co_await throw_from_below(depth - 1);
}
AsyncGenerator<int> numbers(int end) {
  for (int i = 0; i < end; ++i) co_yield i;
}

TEST(Stack, DoesNotGrowWithReadyTasks) {
  in_virtual_time([]() -> Task<> {
    int ended = 0;
    const auto count = [&]() -> Task<> {
      co_await sleep(0s);
      ++ended;
    };
    for (int i = 0; i < kMany; ++i) spawn(count());
    while (ended < kMany) co_await tick();
    EXPECT_EQ(ended, kMany);
  });
}

TEST(Stack, DoesNotGrowWithAwaitsThatEndAtOnce) {
  in_virtual_time([]() -> Task<> {
    int n = 0;
    while (n < kMany) n = co_await add_one(n);
    EXPECT_EQ(n, kMany);
  });
}

TEST(Stack, DoesNotGrowWithTheDepthOfAwaits) {
  EXPECT_EQ(in_virtual_time([] { return count_down(kMany); }), kMany);
}

TEST(Stack, DoesNotGrowWithAGeneratorThatNeverSuspends) {
  in_virtual_time([]() -> Task<> {
    AsyncGenerator<int> all = numbers(kMany);
    int count = 0;
    while (const auto number = co_await all.next()) ++count;
    EXPECT_EQ(count, kMany);
  });
}

TEST(Stack, DoesNotGrowWithTheDepthThatAnErrorRises) {
  EXPECT_THROW(in_virtual_time([] { return throw_from_below(20'000); }), std::runtime_error);
}

TEST(Stack, DoesNotGrowWithTasksThatAwaitTasks) {
  in_virtual_time([]() -> Task<> {
    std::vector<TaskHandle<int>> line;
    line.push_back(spawn(value(0)));
    const auto add_one_to = [](TaskHandle<int> before) -> Task<int> {
      const int n = co_await before;
      co_return n + 1;
    };
    for (int i = 1; i < 100'000; ++i) line.push_back(spawn(add_one_to(line.back())));
    const int last = co_await line.back();
    EXPECT_EQ(last, 99'999);
  });
}

}  // namespace
}  // namespace crawler::async
