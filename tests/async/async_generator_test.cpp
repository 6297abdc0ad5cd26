#include "crawler/async/async_generator.h"

#include <memory>
#include <optional>

#include "crawler/async/semaphore.h"
#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// Leaves its mark when its scope is left.
class Finally {
 public:
  Finally(Log& log, std::string line) : log_(log), line_(std::move(line)) {}
  ~Finally() { log_.push_back(line_); }
  Finally(const Finally&) = delete;
  Finally& operator=(const Finally&) = delete;

 private:
  Log& log_;
  std::string line_;
};

AsyncGenerator<int> two_values(Log& log) {
  log.push_back("begin");
  co_yield 1;
  log.push_back("middle");
  co_yield 2;
  log.push_back("end");
}

/// Gives a value; when it is closed, cleans up over so many rounds.
AsyncGenerator<int> with_clean_up(Log& log, int rounds = 1) {
  std::exception_ptr left;
  try {
    co_yield 1;
    co_yield 2;
  } catch (...) {
    left = std::current_exception();
  }
  co_await tick(rounds);
  log.push_back("cleaned up");
  if (left) std::rethrow_exception(left);
}

TEST(AsyncGenerator, A01_IsLazyAndRunsOnlyAsFarAsItIsAsked) {
  in_virtual_time([]() -> Task<> {
    Log log;
    AsyncGenerator<int> values = two_values(log);
    EXPECT_THAT(log, IsEmpty());
    const std::optional<int> first = co_await values.next();
    EXPECT_EQ(first, 1);
    EXPECT_THAT(log, ElementsAre("begin"));
    std::vector<int> rest;
    while (const auto item = co_await values.next()) rest.push_back(*item);
    EXPECT_THAT(rest, ElementsAre(2));
    EXPECT_THAT(log, ElementsAre("begin", "middle", "end"));
  });
}

TEST(AsyncGenerator, A02_ACloseAwaitsTheCleanUpAndMayBeRepeated) {
  in_virtual_time([]() -> Task<> {
    Log log;
    AsyncGenerator<int> values = with_clean_up(log);
    co_await values.next();
    co_await values.aclose();
    EXPECT_THAT(log, ElementsAre("cleaned up"));
    co_await values.aclose();
    const std::optional<int> after = co_await values.next();
    EXPECT_EQ(after, std::nullopt);
  });
}

TEST(AsyncGenerator, A03_ACloseOfOneThatNeverStartedRunsNothing) {
  in_virtual_time([]() -> Task<> {
    Log log;
    AsyncGenerator<int> values = two_values(log);
    co_await values.aclose();
    EXPECT_THAT(log, IsEmpty());
    const std::optional<int> after = co_await values.next();
    EXPECT_EQ(after, std::nullopt);
  });
}

TEST(AsyncGenerator, A04_LeavingTheLoopDoesNotCloseIt) {
  in_virtual_time([]() -> Task<> {
    Log log;
    AsyncGenerator<int> values = with_clean_up(log);
    while (const auto item = co_await values.next()) break;
    EXPECT_THAT(log, IsEmpty());
    co_await values.aclose();
    EXPECT_THAT(log, ElementsAre("cleaned up"));
  });
}

TEST(AsyncGenerator, A05_ErrorGoesToTheConsumerOnceAndEndsIt) {
  in_virtual_time([]() -> Task<> {
    const auto failing = []() -> AsyncGenerator<int> {
      co_yield 1;
      throw std::runtime_error("x");
    };
    AsyncGenerator<int> values = failing();
    co_await values.next();
    EXPECT_THROW(co_await values.next(), std::runtime_error);
    const std::optional<int> after = co_await values.next();
    EXPECT_EQ(after, std::nullopt);
  });
}

TEST(AsyncGenerator, A06_CancellationIsThrownInsideWhereItAwaits) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto stuck = [&]() -> AsyncGenerator<int> {
      const Finally finally(log, "f");
      co_yield 1;
      co_await log_cancel(log, "g");
      co_yield 2;
    };
    const auto task = start([&]() -> Task<> {
      AsyncGenerator<int> values = stuck();
      while (const auto item = co_await values.next()) log.push_back(std::to_string(*item));
    });
    co_await tick(2);
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("1", "g", "f"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(AsyncGenerator, A07_CancellationInTheConsumersBodyIsNotSeenInside) {
  in_virtual_time([]() -> Task<> {
    Log log;
    AsyncGenerator<int> values = with_clean_up(log);
    const auto task = start([&]() -> Task<> {
      while (const auto item = co_await values.next()) co_await forever();
    });
    co_await tick(2);
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, IsEmpty());
    co_await values.aclose();
    EXPECT_THAT(log, ElementsAre("cleaned up"));
  });
}

TEST(AsyncGenerator, A08_YieldingWhenItIsClosedIsAnError) {
  in_virtual_time([]() -> Task<> {
    const auto stubborn = []() -> AsyncGenerator<int> {
      try {
        co_yield 1;
      } catch (const GeneratorExit&) {
      }
      co_yield 2;
    };
    AsyncGenerator<int> values = stubborn();
    co_await values.next();
    EXPECT_THROW(co_await values.aclose(), std::logic_error);
  });
}

TEST(AsyncGenerator, A09_TwoCallsAtOnceAreAnError) {
  in_virtual_time([]() -> Task<> {
    const auto slow = []() -> AsyncGenerator<int> {
      co_await tick(3);
      co_yield 1;
    };
    AsyncGenerator<int> values = slow();
    const auto first = start([&]() -> Task<std::optional<int>> { co_return co_await values.next(); });
    co_await tick(2);
    EXPECT_THROW(co_await values.next(), std::logic_error);
    EXPECT_THROW(co_await values.aclose(), std::logic_error);
    const std::optional<int> item = co_await first;
    EXPECT_EQ(item, 1);
  });
}

AsyncGenerator<std::string> catching() {
  std::string caught;
  try {
    co_yield "1";
  } catch (const std::invalid_argument& error) {
    caught = error.what();
  }
  co_yield "caught " + caught;
}
const std::exception_ptr invalid_argument = std::make_exception_ptr(std::invalid_argument("x"));

TEST(AsyncGenerator, A10_AThrowThrowsInsideAndGivesTheNextValue) {
  in_virtual_time([]() -> Task<> {
    auto values = catching();
    co_await values.next();
    const std::optional<std::string> item = co_await values.athrow(invalid_argument);
    EXPECT_EQ(item, "caught x");
    const std::optional<std::string> none = co_await values.next();
    EXPECT_EQ(none, std::nullopt);
    const std::optional<std::string> none_either = co_await values.athrow(invalid_argument);
    EXPECT_EQ(none_either, std::nullopt);
  });
}

TEST(AsyncGenerator, A10_AThrowThatIsNotCaughtEndsIt) {
  in_virtual_time([]() -> Task<> {
    auto started = catching();
    co_await started.next();
    EXPECT_THROW(co_await started.athrow(std::make_exception_ptr(std::out_of_range("y"))), std::out_of_range);
    auto unstarted = catching();
    EXPECT_THROW(co_await unstarted.athrow(invalid_argument), std::invalid_argument);
    for (auto* values : {&started, &unstarted}) {
      const std::optional<std::string> none = co_await values->next();
      EXPECT_EQ(none, std::nullopt);
    }
  });
}

TEST(AsyncGenerator, A11_ErrorOfTheCleanUpIsThrownByAClose) {
  in_virtual_time([]() -> Task<> {
    const auto failing = []() -> AsyncGenerator<int> {
      try {
        co_yield 1;
      } catch (const GeneratorExit&) {
        throw std::invalid_argument("x");
      }
    };
    AsyncGenerator<int> values = failing();
    co_await values.next();
    EXPECT_THROW(co_await values.aclose(), std::invalid_argument);
    co_await values.aclose();
  });
}

TEST(AsyncGenerator, CancellationDuringACloseIsThrownInTheCleanUp) {
  in_virtual_time([]() -> Task<> {
    Log log;
    AsyncGenerator<int> values = with_clean_up(log, 5);
    co_await values.next();
    const auto close = start([&]() -> Task<> { co_await values.aclose(); });
    co_await tick(2);
    close.cancel();
    co_await end_of(close);
    EXPECT_TRUE(close.was_cancelled());
    EXPECT_THAT(log, IsEmpty());
    co_await values.aclose();
  });
}

TEST(AsyncGenerator, DestroyedWhereItYieldsRunsItsDestructors) {
  in_virtual_time([]() -> Task<> {
    Log log;
    Semaphore semaphore(1);
    const auto holding = [&]() -> AsyncGenerator<int> {
      const Finally finally(log, "f");
      const Semaphore::Permit permit = co_await semaphore.acquire();
      co_yield 1;
    };
    {
      AsyncGenerator<int> values = holding();
      co_await values.next();
      EXPECT_TRUE(semaphore.is_locked());
    }
    EXPECT_THAT(log, ElementsAre("f"));
    EXPECT_FALSE(semaphore.is_locked());
  });
}

TEST(AsyncGenerator, MayBeConsumedByOneTaskAfterAnother) {
  in_virtual_time([]() -> Task<> {
    const auto counting = []() -> AsyncGenerator<int> {
      for (int i = 0;; ++i) {
        co_await tick();
        co_yield i;
      }
    };
    AsyncGenerator<int> values = counting();
    const auto take = [&]() -> Task<int> {
      const std::optional<int> item = co_await values.next();
      co_return *item;
    };
    for (int expected = 0; expected < 3; ++expected) {
      const int item = co_await spawn(take());
      EXPECT_EQ(item, expected);
    }
  });
}

TEST(AsyncGenerator, GivesWhatCannotBeCopied) {
  in_virtual_time([]() -> Task<> {
    const auto one = []() -> AsyncGenerator<std::unique_ptr<int>> { co_yield std::make_unique<int>(4); };
    auto values = one();
    const auto item = co_await values.next();
    EXPECT_EQ(**item, 4);
  });
}

}  // namespace
}  // namespace crawler::async
