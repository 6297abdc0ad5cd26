#include "crawler/async/async_with.h"

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

/// Notes in a log what is done to it.
class Resource {
 public:
  Resource(Log& log, std::string name) : log_(&log), name_(std::move(name)) {}
  Resource& failing_to_enter() {
    fails_to_enter_ = true;
    return *this;
  }
  Resource& failing_to_exit() {
    fails_to_exit_ = true;
    return *this;
  }
  Resource& stuck_in_enter() {
    is_stuck_in_enter_ = true;
    return *this;
  }
  Resource& slow_to_exit(Duration duration) {
    exit_takes_ = duration;
    return *this;
  }

  Task<> enter() {
    co_await tick();
    if (is_stuck_in_enter_) {
      log_->push_back("entering");
      co_await forever();
    }
    if (fails_to_enter_) throw std::runtime_error("no " + name_);
    log_->push_back("+" + name_);
  }
  Task<> exit(const std::exception_ptr& error) {
    const std::string reason = error ? ":" + describe(error) : "";
    co_await sleep(exit_takes_);
    log_->push_back("-" + name_ + reason);
    if (fails_to_exit_) throw std::invalid_argument("exit");
  }

 private:
  Log* log_;
  std::string name_;
  bool fails_to_enter_ = false;
  bool fails_to_exit_ = false;
  bool is_stuck_in_enter_ = false;
  Duration exit_takes_{};
};

TEST(AsyncWith, X01_ExitsInReverseOrder) {
  in_virtual_time([]() -> Task<> {
    Log log;
    co_await async_with(Resource(log, "a"), [&](Resource&) -> Task<> {
      co_await async_with(Resource(log, "b"), [&](Resource&) { return tick(); });
    });
    EXPECT_THAT(log, ElementsAre("+a", "+b", "-b", "-a"));
  });
}

TEST(AsyncWith, X02_ExitIsGivenTheError) {
  in_virtual_time([]() -> Task<> {
    Log log;
    EXPECT_THROW(co_await async_with(Resource(log, "a"), [](Resource&) { return fail("x"); }),
                 std::runtime_error);
    EXPECT_THAT(log, ElementsAre("+a", "-a:x"));
  });
}

TEST(AsyncWith, X02_ExitMaySuppressTheError) {
  in_virtual_time([]() -> Task<> {
    class Tolerant {
     public:
      explicit Tolerant(Log& log) : log_(&log) {}
      Task<> enter() { co_return; }
      Task<bool> exit(const std::exception_ptr& error) {
        log_->push_back(error ? describe(error) : "no error");
        const bool suppresses = error && describe(error) == "known";
        co_return suppresses;
      }

     private:
      Log* log_;
    };
    Log log;
    co_await async_with(Tolerant(log), [](Tolerant&) { return fail("known"); });
    co_await async_with(Tolerant(log), [](Tolerant&) { return tick(); });
    EXPECT_THROW(co_await async_with(Tolerant(log), [](Tolerant&) { return fail("other"); }),
                 std::runtime_error);
    EXPECT_THAT(log, ElementsAre("known", "no error", "other"));
  });
}

TEST(AsyncWith, X03_WhatDidNotEnterDoesNotExit) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto inner = [&](Resource&) -> Task<> {
      Resource refuses(log, "b");
      refuses.failing_to_enter();
      co_await async_with(std::move(refuses), [&](Resource&) -> Task<> {
        log.push_back("body");
        co_return;
      });
    };
    EXPECT_THROW(co_await async_with(Resource(log, "a"), inner), std::runtime_error);
    EXPECT_THAT(log, ElementsAre("+a", "-a:no b"));
  });
}

TEST(AsyncWith, X04_ExitIsAwaitedWhenTheBodyIsCancelled) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const auto task = spawn(async_with(Resource(log, "a"), [](Resource&) { return forever(); }));
    co_await tick(3);
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("+a", "-a:cancelled"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(AsyncWith, X05_ErrorOfExitReplacesTheBodys) {
  in_virtual_time([]() -> Task<> {
    Log log;
    Resource resource(log, "a");
    resource.failing_to_exit();
    EXPECT_THROW(co_await async_with(resource, [](Resource&) { return fail("x"); }), std::invalid_argument);
    EXPECT_THAT(log, ElementsAre("+a", "-a:x"));
  });
}

TEST(AsyncWith, X06_CancelledInEnterDoesNotExit) {
  in_virtual_time([]() -> Task<> {
    Log log;
    Resource resource(log, "a");
    resource.stuck_in_enter();
    const auto task = spawn(async_with(resource, [&](Resource&) -> Task<> {
      log.push_back("body");
      co_return;
    }));
    co_await tick(2);
    task.cancel();
    co_await end_of(task);
    EXPECT_THAT(log, ElementsAre("entering"));
    EXPECT_TRUE(task.was_cancelled());
  });
}

TEST(AsyncWith, GivesTheBodysValueAfterExit) {
  in_virtual_time([]() -> Task<> {
    Log log;
    const int result = co_await async_with(Resource(log, "a"), [](Resource&) { return value(6); });
    EXPECT_EQ(result, 6);
    EXPECT_THAT(log, ElementsAre("+a", "-a"));
  });
}

TEST(AsyncWith, CancellationDuringExitIsThrownInExit) {
  in_virtual_time([]() -> Task<> {
    Log log;
    Resource resource(log, "a");
    resource.slow_to_exit(1h);
    const auto task = spawn(async_with(resource, [](Resource&) { return value(6); }));
    co_await tick(4);
    task.cancel();
    co_await end_of(task);
    EXPECT_TRUE(task.was_cancelled());
    EXPECT_THAT(log, ElementsAre("+a"));
  });
}

}  // namespace
}  // namespace crawler::async
