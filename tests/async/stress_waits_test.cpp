// The stress of gather, wait, shield, as_completed, futures, events and locks.

#include <memory>
#include <optional>

#include "crawler/async/as_completed.h"
#include "crawler/async/event.h"
#include "crawler/async/future.h"
#include "crawler/async/gather.h"
#include "crawler/async/lock.h"
#include "crawler/async/shield.h"
#include "crawler/async/task_group.h"
#include "crawler/async/wait.h"
#include "crawler/async/wait_for.h"
#include "tests/async/stress_test.h"

namespace crawler::async {
namespace {

/// Takes so long, and gives it in milliseconds.
Task<int> take(int ms) {
  const Counted frame;
  co_await sleep(std::chrono::milliseconds(ms));
  co_return ms;
}

/// Several tasks wait for several others, each in another way; some of these work under a lock.
class Waits : public Tree {
 public:
  static constexpr std::size_t kTasks = 13;  // what gather() spawns itself cannot be cancelled alone

  Task<> grow() {
    const Counted frame;
    note(this_task());
    co_await task_group([this](TaskGroup& group) -> Task<> {
      const Counted body_frame;
      keep(group.spawn(gather_numbers()));
      keep(group.spawn(wait_for_the_first()));
      keep(group.spawn(shield_one()));
      keep(group.spawn(take_as_completed()));
      keep(group.spawn(set_after_a_while(Setting(this))));
      keep(group.spawn(wait_until_set()));
      co_await tick();
    });
  }

  bool is_complete() const { return ended_ == 6 && sum_ == 49; }

  Task<> expect_nothing_left() {
    EXPECT_FALSE(lock_.is_locked());
    const Lock::Guard held = co_await lock_.acquire();
    EXPECT_TRUE(lock_.is_locked());
  }

 private:
  Task<int> take_locked(int ms) {
    const Counted frame;
    const Lock::Guard held = co_await lock_.acquire();
    co_await sleep(std::chrono::milliseconds(ms));
    co_return ms;
  }

  Task<> gather_numbers() {
    const Counted frame;
    const TaskHandle<int> handle = keep(spawn(take_locked(2)));
    const std::tuple<int, int, int> numbers = co_await gather(handle, take(1), take(3));
    sum_ += std::get<0>(numbers) + std::get<1>(numbers) + std::get<2>(numbers);
    std::vector<Task<int>> tasks;
    tasks.push_back(take(2));
    tasks.push_back(take_locked(1));
    const std::vector<Outcome<int>> outcomes = co_await gather_outcomes(std::move(tasks));
    for (const Outcome<int>& outcome : outcomes) sum_ += outcome.error() == nullptr ? outcome.value() : 0;
    ++ended_;
  }

  Task<> wait_for_the_first() {
    const Counted frame;
    const std::vector<TaskHandle<int>> tasks = {keep(spawn(take(2))), keep(spawn(take_locked(4)))};
    const Waited<int> waited = co_await wait(tasks, {.until = WaitUntil::first_completed, .timeout = 3ms});
    sum_ += 10 * static_cast<int>(waited.done.size());
    for (const TaskHandle<int>& pending : waited.pending) pending.cancel();
    co_await wait(tasks);
    ++ended_;
  }

  Task<> shield_one() {
    const Counted frame;
    const TaskHandle<int> inner = keep(spawn(take(5)));
    try {
      co_await wait_for(shield(inner), 2ms);
    } catch (const TimedOut&) {
    }
    const int ms = co_await shield(inner);
    sum_ += ms;
    ++ended_;
  }

  Task<> take_as_completed() {
    const Counted frame;
    const std::vector<TaskHandle<int>> tasks = {keep(spawn(take(4))), keep(spawn(take(1)))};
    AsyncGenerator<TaskHandle<int>> stream = as_completed(tasks, 6ms);
    while (const auto ended = co_await stream.next()) {
      const Lock::Guard held = co_await lock_.acquire();
      const int ms = co_await *ended;
      sum_ += ms;
    }
    ++ended_;
  }

  /// Whoever waits must not wait for ever for a task that was cancelled, be it before it began: so it is an
  /// argument that sets what they wait for.
  struct SetAll {
    void operator()(Waits* waits) const {
      if (!waits->number_.is_done()) waits->number_.set_value(0);
      waits->is_over_.set();
    }
  };
  using Setting = std::unique_ptr<Waits, SetAll>;

  Task<> set_after_a_while(Setting) {
    const Counted frame;
    co_await sleep(2ms);
    if (!number_.is_done()) number_.set_value(20);
    co_await sleep(3ms);
    ++ended_;
  }

  Task<> wait_until_set() {
    const Counted frame;
    const int number = co_await number_;
    sum_ += number;
    co_await is_over_.wait();
    ++ended_;
  }

  Lock lock_;
  Future<int> number_;
  Event is_over_;
  int sum_ = 0;
  int ended_ = 0;
};

TEST(Stress, WaitsRunToTheirEnd) { EXPECT_EQ(expect_clean<Waits>({}).cancelled, 0); }
TEST(Stress, WaitsCancelledAtEachPointInTurnLeaveNothingBehind) { expect_clean_at_each_point<Waits>(); }
TEST(Stress, WaitsCancelledAtPairsOfPointsLeaveNothingBehind) { expect_clean_at_pairs_of_points<Waits>(); }

}  // namespace
}  // namespace crawler::async
