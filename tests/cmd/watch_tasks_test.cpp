#include "cmd/watch_tasks.h"

#include <chrono>
#include <csignal>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/clock.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/task.h"
#include "tests/support/stderr_as_pipe.h"

namespace cmd {
namespace {

using crawler::async::EventLoop;
using crawler::async::sleep;
using crawler::async::Task;
using crawler::async::VirtualClock;
using namespace std::chrono_literals;

/// What is printed of a task that holds up the loop for 150 ms.
std::string printed_of_a_long_step(bool tells_long_steps) {
  const test_support::StderrAsPipe err;
  VirtualClock clock;
  EventLoop loop(clock);
  const auto main = [&]() -> Task<> {
    const crawler::async::TaskMonitor monitor = watch_tasks(tells_long_steps);
    co_await sleep(1ms);
    clock.advance_to(clock.now() + 150ms);
    co_await sleep(1ms);
  };
  crawler::async::run(loop, main());
  return err.text();
}

TEST(WatchTasks, TellsOfALongStepIfToldTo) {
  EXPECT_EQ(printed_of_a_long_step(true),
            "crawl: main held up the loop for 150 ms. 1 task:\n  main waits for a time\n");
}

TEST(WatchTasks, IsSilentOtherwise) { EXPECT_EQ(printed_of_a_long_step(false), ""); }

}  // namespace
}  // namespace cmd
