#include "crawler/async/future.h"

#include <memory>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

Task<int> result_of(Future<int>& future) {
  const int result = co_await future;
  co_return result;
}

TEST(Future, GivesItsValueToAllWhoAwaitIt) {
  in_virtual_time([]() -> Task<> {
    Future<int> future;
    const TaskHandle<int> first = spawn(result_of(future));
    const TaskHandle<int> second = spawn(result_of(future));
    co_await tick();
    EXPECT_FALSE(future.is_done());
    EXPECT_THROW(future.result(), InvalidState);
    future.set_value(3);
    EXPECT_TRUE(future.is_done());
    const int a = co_await first;
    const int b = co_await second;
    const int again = co_await future;
    EXPECT_THAT((std::vector{a, b, again}), ElementsAre(3, 3, 3));
  });
}

TEST(Future, ThrowsItsErrorToAllWhoAwaitIt) {
  in_virtual_time([]() -> Task<> {
    Future<int> future;
    const TaskHandle<int> waiting = spawn(result_of(future));
    co_await tick();
    future.set_error(std::make_exception_ptr(std::invalid_argument("x")));
    EXPECT_THROW(co_await waiting, std::invalid_argument);
    EXPECT_THROW(co_await future, std::invalid_argument);
  });
}

TEST(Future, CancelledThrowsToWhoAwaitsItWhoIsNotCancelled) {
  in_virtual_time([]() -> Task<> {
    Future<> future;
    EXPECT_TRUE(future.cancel());
    EXPECT_FALSE(future.cancel());
    EXPECT_THROW(co_await future, Cancelled);
    EXPECT_EQ(this_task().cancelling(), 0);
  });
}

TEST(Future, EndsOnce) {
  in_virtual_time([]() -> Task<> {
    Future<> future;
    future.set_value();
    EXPECT_THROW(future.set_value(), InvalidState);
    EXPECT_THROW(future.set_error(std::make_exception_ptr(1)), InvalidState);
    EXPECT_FALSE(future.cancel());
    co_await future;
  });
}

TEST(Future, OneThatIsDoneCostsNoRound) {
  in_virtual_time([]() -> Task<> {
    Future<int> future;
    future.set_value(1);
    const TaskHandle<> next_round = spawn(tick(0));
    co_await future;
    EXPECT_FALSE(next_round.is_done());
  });
}

TEST(Future, CancellationOfAnAwaiterCancelsItAndSoTheOthers) {
  in_virtual_time([]() -> Task<> {
    Future<int> future;
    const TaskHandle<int> first = spawn(result_of(future));
    const TaskHandle<int> second = spawn(result_of(future));
    co_await tick();
    first.cancel();
    EXPECT_TRUE(future.is_done());
    co_await end_of(first);
    co_await end_of(second);
    EXPECT_TRUE(first.was_cancelled());
    EXPECT_TRUE(second.was_cancelled());
    EXPECT_EQ(second.cancelling(), 0);
  });
}

TEST(Future, CancellationWinsOverAValueOfTheSameRound) {
  in_virtual_time([]() -> Task<> {
    Future<int> future;
    const TaskHandle<int> waiting = spawn(result_of(future));
    co_await tick();
    future.set_value(3);
    waiting.cancel();
    co_await end_of(waiting);
    EXPECT_TRUE(waiting.was_cancelled());
    EXPECT_EQ(future.result(), 3);
  });
}

TEST(Future, HoldsWhatCannotBeCopied) {
  in_virtual_time([]() -> Task<> {
    Future<std::unique_ptr<int>> future;
    future.set_value(std::make_unique<int>(4));
    const std::unique_ptr<int>& held = co_await future;
    EXPECT_EQ(*held, 4);
  });
}

}  // namespace
}  // namespace crawler::async
