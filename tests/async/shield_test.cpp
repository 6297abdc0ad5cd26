#include "crawler/async/shield.h"

#include <memory>

#include "crawler/async/wait_for.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

Task<std::string> after(Duration duration, std::string result) {
  co_await sleep(duration);
  co_return result;
}

TEST(Shield, D01_KeepsACancellationFromTheTask) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<int> inner = spawn(value(6, 12));
    const TaskHandle<int> waiting = spawn(shield(inner));
    co_await tick(2);
    waiting.cancel();
    co_await end_of(waiting);
    EXPECT_TRUE(waiting.was_cancelled());
    EXPECT_FALSE(inner.is_done());
    EXPECT_EQ(inner.cancelling(), 0);
    const int result = co_await inner;
    EXPECT_EQ(result, 6);
  });
}

TEST(Shield, D02_ThrowsWhenTheTaskItselfIsCancelled) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> inner = spawn(forever());
    const TaskHandle<> waiting = spawn(shield(inner));
    co_await tick(2);
    inner.cancel();
    EXPECT_THROW(co_await waiting, Cancelled);
    EXPECT_EQ(waiting.cancelling(), 0);
  });
}

TEST(Shield, D03_TimeoutOfAWaitKeepsTheTask) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<std::string> inner = spawn(after(30ms, "v"));
    EXPECT_THROW(co_await wait_for(shield(inner), 5ms), TimedOut);
    const std::string result = co_await inner;
    EXPECT_EQ(result, "v");
  });
}

TEST(Shield, GivesAndThrowsWhatTheTaskDoes) {
  in_virtual_time([]() -> Task<> {
    const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    const std::unique_ptr<int> made = co_await shield(make());
    EXPECT_EQ(*made, 5);
    EXPECT_THROW(co_await shield(fail("x")), std::runtime_error);
    EXPECT_THROW(co_await shield(spawn(fail("x"))), std::runtime_error);
  });
}

TEST(Shield, TaskThatItSpawnedGoesOnWithoutItsAwaiter) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto body = [&]() -> Task<> {
      co_await sleep(1s);
      log.push_back("done");
    };
    EXPECT_THROW(co_await wait_for(shield(body()), 10ms), TimedOut);
    EXPECT_THAT(log, IsEmpty());
    co_await sleep(2s);
    EXPECT_THAT(log, ElementsAre("done"));
  });
}

}  // namespace
}  // namespace crawler::async
