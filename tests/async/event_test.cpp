#include "crawler/async/event.h"

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

Task<> log_when_set(Event& event, Log& log, std::string line) {
  co_await event.wait();
  log.push_back(line);
}

TEST(Event, L03_WakesAllWhoWaitedEvenIfItIsClearedBeforeTheirTurn) {
  in_virtual_time([]() -> Task<> {
    Event event;
    Log log;
    const std::vector<TaskHandle<>> tasks = {spawn(log_when_set(event, log, "a")),
                                             spawn(log_when_set(event, log, "b"))};
    co_await tick();
    EXPECT_THAT(log, IsEmpty());
    event.set();
    event.clear();
    for (const TaskHandle<>& task : tasks) co_await task;
    EXPECT_THAT(log, ElementsAre("a", "b"));
    EXPECT_FALSE(event.is_set());
  });
}

TEST(Event, L04_WaitForOneThatIsSetCostsNoRound) {
  in_virtual_time([]() -> Task<> {
    Event event;
    event.set();
    event.set();
    const TaskHandle<> next_round = spawn(tick(0));
    co_await event.wait();
    EXPECT_FALSE(next_round.is_done());
  });
}

TEST(Event, CancelledWaiterLeavesTheOthers) {
  in_virtual_time([]() -> Task<> {
    Event event;
    Log log;
    const TaskHandle<> cancelled = spawn(log_when_set(event, log, "a"));
    const TaskHandle<> other = spawn(log_when_set(event, log, "b"));
    co_await tick();
    cancelled.cancel();
    event.set();
    co_await other;
    EXPECT_TRUE(cancelled.was_cancelled());
    EXPECT_THAT(log, ElementsAre("b"));
  });
}

}  // namespace
}  // namespace crawler::async
