#include "crawler/async/timeout.h"

#include <string>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

TEST(Timeout, O08_WithoutADeadlineNeverExpires) {
  in_virtual_time([]() -> Task<> {
    co_await timeout(std::nullopt, [](Timeout& limit) -> Task<> {
      co_await sleep(1000h);
      EXPECT_FALSE(limit.has_expired());
      EXPECT_EQ(limit.when(), std::nullopt);
    });
  });
}

TEST(Timeout, O09_ThrowsTimedOutAndTakesItsCancellationBack) {
  in_virtual_time([]() -> Task<> {
    const TimePoint begin = now();
    EXPECT_THROW(co_await timeout(10ms, [](Timeout&) { return forever(); }), TimedOut);
    EXPECT_EQ(now() - begin, 10ms);
    EXPECT_EQ(this_task().cancelling(), 0);
    co_await sleep(0s);
  });
}

TEST(Timeout, O10_BodyThatEndsLateWithoutAnAwaitHasNotTimedOut) {
  VirtualClock clock;
  EventLoop loop(clock);
  const auto late = [&clock](Timeout& limit) -> Task<int> {
    hold_up_loop(clock, 1s);
    EXPECT_FALSE(limit.has_expired());
    co_return 3;
  };
  EXPECT_EQ(run(loop, timeout(1ms, late)), 3);
}

TEST(Timeout, O11_OfZeroExpiresAtTheFirstAwait) {
  in_virtual_time([]() -> Task<> {
    EXPECT_THROW(co_await timeout(0s, [](Timeout&) { return tick(1); }), TimedOut);
    EXPECT_THROW(co_await timeout(-1h, [](Timeout&) { return tick(1); }), TimedOut);
  });
}

TEST(Timeout, O12_OfZeroLetsABodyWithoutAnAwaitReturn) {
  in_virtual_time([]() -> Task<> {
    const int result = co_await timeout(0s, [](Timeout&) { return value(8, 0); });
    EXPECT_EQ(result, 8);
  });
}

TEST(Timeout, O13_NestedTheInnerMayExpireAlone) {
  in_virtual_time([]() -> Task<> {
    co_await timeout(1s, [](Timeout& outer) -> Task<> {
      EXPECT_THROW(co_await timeout(10ms, [](Timeout&) { return forever(); }), TimedOut);
      EXPECT_FALSE(outer.has_expired());
    });
  });
}

TEST(Timeout, O14_NestedTheInnerSeesTheOutersExpiryAsCancelled) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto inner = [&](Timeout& limit) -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
        EXPECT_FALSE(limit.has_expired());
        log.push_back("c");
        throw;
      }
    };
    EXPECT_THROW(co_await timeout(10ms, [&](Timeout&) { return timeout(1s, inner); }), TimedOut);
    EXPECT_THAT(log, ElementsAre("c"));
  });
}

TEST(Timeout, O15_PassesOtherErrors) {
  in_virtual_time([]() -> Task<> {
    EXPECT_THROW(co_await timeout(1s, [](Timeout&) { return fail("x"); }), std::runtime_error);
    co_await sleep(2s);
  });
}

TEST(Timeout, O16_PassesAnErrorThatReplacedItsCancellation) {
  in_virtual_time([]() -> Task<> {
    const auto replace = [](Timeout& limit) -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
        EXPECT_TRUE(limit.has_expired());
        throw std::invalid_argument("x");
      }
    };
    EXPECT_THROW(co_await timeout(10ms, replace), std::invalid_argument);
    EXPECT_EQ(this_task().cancelling(), 0);
  });
}

TEST(Timeout, O17_CancellationFromOutsideBesideItsOwnStaysOne) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<> {
      co_await timeout(0s, [](Timeout&) -> Task<> {
        this_task().cancel();
        co_await sleep(10ms);
      });
    });
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Timeout, CancellationFromOutsideInTheRoundOfItsExpiryStaysOne) {
  in_virtual_time([]() -> Task<> {
    const auto task = start([]() -> Task<> { co_await timeout(10ms, [](Timeout&) { return forever(); }); });
    co_await sleep(10ms);
    EXPECT_EQ(task.cancelling(), 1);
    task.cancel();
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Timeout, O18_MayBeRescheduledUntilItHasExpired) {
  in_virtual_time([]() -> Task<> {
    co_await timeout(10ms, [](Timeout& limit) -> Task<> {
      limit.reschedule(now() + 1s);
      co_await sleep(30ms);
      limit.reschedule(std::nullopt);
      co_await sleep(1h);
    });
    const auto reschedule_late = [](Timeout& limit) -> Task<> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
        EXPECT_THROW(limit.reschedule(std::nullopt), std::logic_error);
        throw;
      }
    };
    EXPECT_THROW(co_await timeout(10ms, reschedule_late), TimedOut);
  });
}

TEST(Timeout, RescheduledToThePastExpiresAtTheNextAwait) {
  in_virtual_time([]() -> Task<> {
    const auto hurry = [](Timeout& limit) -> Task<> {
      limit.reschedule(TimePoint::min());
      co_await tick(1);
    };
    EXPECT_THROW(co_await timeout(1h, hurry), TimedOut);
  });
}

TEST(Timeout, O20_WorksInTheCleanUpOfACancelledTask) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = start([&]() -> Task<> {
      std::exception_ptr cancelled;
      try {
        co_await forever();
      } catch (const Cancelled&) {
        cancelled = std::current_exception();
      }
      try {
        co_await timeout(10ms, [](Timeout&) { return forever(); });
      } catch (const TimedOut&) {
        log.push_back("t");
      }
      std::rethrow_exception(cancelled);
    });
    co_await tick();
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("t"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(Timeout, GivesTheResultOfABodyThatSwallowsItsCancellation) {
  in_virtual_time([]() -> Task<> {
    const auto swallow = [](Timeout&) -> Task<std::string> {
      try {
        co_await forever();
      } catch (const Cancelled&) {
      }
      co_return "late";
    };
    const std::string result = co_await timeout(10ms, swallow);
    EXPECT_EQ(result, "late");
    EXPECT_EQ(this_task().cancelling(), 0);
  });
}

TEST(Timeout, AwaitsTheCleanUpBeforeItThrows) {
  in_virtual_time([]() -> Task<> {
    const TimePoint begin = now();
    const auto slow_to_leave = [](Timeout&) -> Task<> {
      std::exception_ptr cancelled;
      try {
        co_await forever();
      } catch (const Cancelled&) {
        cancelled = std::current_exception();
      }
      co_await sleep(20ms);
      std::rethrow_exception(cancelled);
    };
    EXPECT_THROW(co_await timeout(10ms, slow_to_leave), TimedOut);
    EXPECT_EQ(now() - begin, 30ms);
  });
}

TEST(Timeout, CancelsTheTaskThatTheBodyAwaits) {
  in_virtual_time([]() -> Task<> {
    const TaskHandle<> awaited = spawn(forever());
    const auto join = [&](Timeout&) -> Task<> { co_await awaited; };
    EXPECT_THROW(co_await timeout(10ms, join), TimedOut);
    EXPECT_TRUE(awaited.was_cancelled());
  });
}

TEST(Timeout, OfTheLongestDurationDoesNotOverflow) {
  in_virtual_time([]() -> Task<> {
    co_await sleep(1h);
    co_await timeout(Duration::max(), [](Timeout&) { return tick(1); });
    EXPECT_THROW(co_await timeout(Duration::min(), [](Timeout&) { return tick(1); }), TimedOut);
  });
}

TEST(Timeout, ExpiresAlsoWhileOthersKeepTheLoopBusy) {
  in_real_time([]() -> Task<> {
    const auto busy = start([]() -> Task<> {
      for (;;) co_await sleep(0s);
    });
    EXPECT_THROW(co_await timeout(1ms, [](Timeout&) { return forever(); }), TimedOut);
    busy.cancel();
    co_await end_of(busy);
  });
}

TEST(Timeout, TakesABodyThatHasNoUseForIt) {
  in_virtual_time([]() -> Task<> {
    const int got = co_await timeout(1s, [] { return value(7); });
    EXPECT_EQ(got, 7);
    EXPECT_THROW(co_await timeout(1s, [] { return forever(); }), TimedOut);
  });
}

}  // namespace
}  // namespace crawler::async
