#include "crawler/async/queue.h"

#include <memory>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

TEST(Queue, Q01_PutWaitsWhileItIsFull) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue(1);
    co_await queue.put(1);
    const TaskHandle<> put = spawn(queue.put(2));
    co_await tick();
    EXPECT_FALSE(put.is_done());
    EXPECT_TRUE(queue.is_full());
    const int first = co_await queue.get();
    co_await put;
    const int second = co_await queue.get();
    EXPECT_EQ(first, 1);
    EXPECT_EQ(second, 2);
    EXPECT_TRUE(queue.is_empty());
  });
}

TEST(Queue, Q02_GettersAreServedInTurn) {
  in_virtual_time([]() -> Task<> {
    Queue<std::string> queue;
    const auto first = spawn(queue.get());
    const auto second = spawn(queue.get());
    co_await tick();
    queue.put_now("a");
    queue.put_now("b");
    const std::string a = co_await first;
    const std::string b = co_await second;
    EXPECT_EQ(a, "a");
    EXPECT_EQ(b, "b");
  });
}

TEST(Queue, Q03_TryGetAndTryPutNeverWait) {
  in_virtual_time([]() -> Task<> {
    Queue<std::string> queue(1);
    EXPECT_EQ(queue.try_get(), std::nullopt);
    std::string item = "a";
    EXPECT_TRUE(queue.try_put(std::move(item)));
    std::string too_many = "b";
    EXPECT_FALSE(queue.try_put(std::move(too_many)));
    EXPECT_EQ(too_many, "b");
    EXPECT_EQ(queue.try_get(), "a");
    queue.shutdown();
    EXPECT_THROW((void)queue.try_put(std::move(too_many)), QueueShutDown);
    co_return;
  });
}

TEST(Queue, Q04_CancelledGetterLosesNoItem) {
  in_virtual_time([]() -> Task<> {
    Queue<std::string> queue;
    const auto first = spawn(queue.get());
    const auto second = spawn(queue.get());
    co_await tick();
    queue.put_now("x");
    first.cancel();
    co_await end_of(first);
    EXPECT_TRUE(first.was_cancelled());
    const std::string item = co_await second;
    EXPECT_EQ(item, "x");
  });
}

TEST(Queue, Q05_CancelledPutterDropsItsItemAndWakesTheNext) {
  in_virtual_time([]() -> Task<> {
    Queue<std::string> queue(1);
    co_await queue.put("0");
    const auto first = spawn(queue.put("a"));
    const auto second = spawn(queue.put("b"));
    co_await tick();
    queue.try_get();
    first.cancel();
    co_await end_of(first);
    co_await second;
    EXPECT_EQ(queue.try_get(), "b");
  });
}

TEST(Queue, Q06_JoinWaitsUntilEachItemIsDone) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue;
    co_await queue.join();
    queue.put_now(1);
    queue.put_now(2);
    const TaskHandle<> join = start([&]() -> Task<> { co_await queue.join(); });
    for (int i = 0; i < 2; ++i) {
      co_await tick();
      EXPECT_FALSE(join.is_done());
      co_await queue.get();
      queue.task_done();
    }
    co_await join;
    EXPECT_THROW(queue.task_done(), std::logic_error);
  });
}

TEST(Queue, Q07_AfterShutdownGetGivesWhatIsLeftAndPutThrows) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue;
    queue.put_now(1);
    queue.shutdown();
    const int left = co_await queue.get();
    EXPECT_EQ(left, 1);
    EXPECT_THROW(co_await queue.get(), QueueShutDown);
    EXPECT_THROW(co_await queue.put(2), QueueShutDown);
    EXPECT_THROW(queue.put_now(2), QueueShutDown);
  });
}

TEST(Queue, Q08_ShutdownWakesWhoWaits) {
  in_virtual_time([]() -> Task<> {
    Queue<int> empty;
    const auto get = spawn(empty.get());
    Queue<int> full(1);
    full.put_now(1);
    const auto put = spawn(full.put(2));
    co_await tick();
    empty.shutdown();
    full.shutdown();
    EXPECT_THROW(co_await get, QueueShutDown);
    EXPECT_THROW(co_await put, QueueShutDown);
    EXPECT_EQ(full.size(), 1U);
  });
}

TEST(Queue, Q08_ImmediateShutdownDropsWhatIsLeft) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue;
    queue.put_now(1);
    const TaskHandle<> join = start([&]() -> Task<> { co_await queue.join(); });
    co_await tick();
    queue.shutdown_immediately();
    co_await join;
    EXPECT_TRUE(queue.is_empty());
    EXPECT_THROW(co_await queue.get(), QueueShutDown);
  });
}

TEST(Queue, ImmediateShutdownStillWaitsForWhatWasGot) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue;
    queue.put_now(1);
    queue.put_now(2);
    co_await queue.get();
    queue.shutdown_immediately();
    const TaskHandle<> join = start([&]() -> Task<> { co_await queue.join(); });
    co_await tick(2);
    EXPECT_FALSE(join.is_done());
    queue.task_done();
    co_await join;
  });
}

TEST(Queue, ImmediateShutdownAllowsForItemsThatWereDoneBeforeTheyWereGot) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue;
    queue.put_now(1);
    queue.put_now(2);
    queue.task_done();
    queue.shutdown_immediately();
    co_await queue.join();
    EXPECT_THROW(queue.task_done(), std::logic_error);
  });
}

TEST(Queue, Q09_NobodyWaitsAfterACancellation) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue(1);
    const auto get = spawn(queue.get());
    co_await tick();
    EXPECT_EQ(queue.waiting(), 1U);
    get.cancel();
    co_await end_of(get);
    EXPECT_EQ(queue.waiting(), 0U);
  });
}

TEST(Queue, PutNowGoesOverTheBoundAndPutWaitsUntilThereIsRoomAgain) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue(1);
    for (const int item : {1, 2, 3}) queue.put_now(item);
    const auto put = spawn(queue.put(4));
    co_await tick();
    for (const int expected : {1, 2}) {
      EXPECT_EQ(queue.try_get(), expected);
      co_await tick(2);
      EXPECT_FALSE(put.is_done());
    }
    EXPECT_EQ(queue.try_get(), 3);
    co_await put;
    EXPECT_EQ(queue.try_get(), 4);
    EXPECT_EQ(queue.try_get(), std::nullopt);
  });
}

TEST(Queue, CarriesWhatCannotBeCopied) {
  in_virtual_time([]() -> Task<> {
    Queue<std::unique_ptr<int>> queue(1);
    co_await queue.put(std::make_unique<int>(5));
    const std::unique_ptr<int> item = co_await queue.get();
    EXPECT_EQ(*item, 5);
  });
}

TEST(Queue, KeepsTheOrderOfManyItemsThroughASmallBound) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue(3);
    const auto produce = start([&]() -> Task<> {
      for (int i = 0; i < 100; ++i) co_await queue.put(i);
      queue.shutdown();
    });
    int expected = 0;
    for (; expected < 100; ++expected) {
      const int item = co_await queue.get();
      EXPECT_EQ(item, expected);
      EXPECT_LE(queue.size(), 3U);
    }
    EXPECT_THROW(co_await queue.get(), QueueShutDown);
    co_await produce;
  });
}

TEST(Queue, ShutdownInTheRoundOfACancellationLosesNobody) {
  in_virtual_time([]() -> Task<> {
    Queue<int> queue(1);
    queue.put_now(0);
    const auto first = spawn(queue.put(1));
    const auto second = spawn(queue.put(2));
    co_await tick();
    queue.shutdown();
    first.cancel();
    co_await end_of(first);
    EXPECT_TRUE(first.was_cancelled());
    EXPECT_THROW(co_await second, QueueShutDown);
    EXPECT_EQ(queue.waiting(), 0U);
  });
}

}  // namespace
}  // namespace crawler::async
