// The stress of tasks, groups, timeouts, semaphores, queues, generators, sessions and threads.

#include "tests/async/stress_test.h"

#include <memory>

#include "crawler/async/async_generator.h"
#include "crawler/async/async_with.h"
#include "crawler/async/queue.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/task_group.h"
#include "crawler/async/timeout.h"
#include "crawler/async/to_thread.h"

namespace crawler::async {
namespace {

/// Opens and closes over some rounds, and must be closed if it was opened.
class Session {
 public:
  explicit Session(int& open) : open_(open) {}
  Task<> enter() {
    const Counted frame;
    co_await tick();
    ++open_;
  }
  Task<> exit(const std::exception_ptr&) {
    const Counted frame;
    --open_;
    co_await tick();
  }

 private:
  int& open_;
};

/// Two producers work on threads under permits and fill a queue, a generator drains it in batches, one task
/// waits for the producers to close it, and others wait beside them.
class Works : public Tree {
 public:
  static constexpr std::size_t kTasks = 7;
  static constexpr int kItems = 3;  // of each producer

  Task<> grow() {
    const Counted frame;
    note(this_task());
    co_await task_group([this](TaskGroup& group) -> Task<> {
      const Counted body_frame;
      const TaskHandle<> first = keep(group.spawn(produce(1)));
      const TaskHandle<> second = keep(group.spawn(produce(10)));
      keep(group.spawn(consume(Closing(&queue_))));
      keep(group.spawn(shut_down_after(first, second, Closing(&queue_))));
      keep(group.spawn(be_late()));
      keep(group.spawn(hold_session()));
      co_await tick();
    });
  }

  bool is_complete() const { return sum_ == 66; }

  Task<> expect_nothing_left() {
    std::vector<Semaphore::Permit> all;
    for (int i = 0; i < kPermits; ++i) {
      EXPECT_FALSE(permits_.is_locked()) << "a permit is missing";
      if (!permits_.is_locked()) all.push_back(co_await permits_.acquire());
    }
    EXPECT_TRUE(permits_.is_locked()) << "a permit was given back twice";
    EXPECT_EQ(permits_.waiting(), 0U);
    EXPECT_EQ(queue_.waiting(), 0U);
    EXPECT_EQ(open_sessions_, 0);
  }

 private:
  static constexpr int kPermits = 2;

  Task<> produce(int scale) {
    const Counted frame;
    for (int i = 1; i <= kItems; ++i) {
      int item = 0;
      {
        const Semaphore::Permit permit = co_await permits_.acquire();
        co_await sleep(1ms);
        item = co_await to_thread([](int n, int by) { return n * by; }, i, scale);
      }
      try {
        co_await queue_.put(item);
      } catch (const QueueShutDown&) {
        co_return;
      }
    }
  }

  AsyncGenerator<int> items() {
    const Counted frame;
    for (;;) {
      int item = 0;
      try {
        item = co_await queue_.get();
      } catch (const QueueShutDown&) {
        co_return;
      }
      const Semaphore::Permit permit = co_await permits_.acquire();
      co_yield item;
    }
  }

  /// Whoever waits at the queue must not wait for ever for a task that was cancelled, be it before it began:
  /// so it is an argument that shuts it down.
  struct ShutDown {
    void operator()(Queue<int>* queue) const { queue->shutdown(); }
  };
  using Closing = std::unique_ptr<Queue<int>, ShutDown>;

  Task<> consume(Closing closing) {
    const Counted frame;
    AsyncGenerator<int> stream = items();
    std::exception_ptr error;
    try {
      while (const auto item = co_await stream.next()) {
        sum_ += *item;
        co_await sleep(1ms);
      }
    } catch (...) {
      error = std::current_exception();
    }
    closing.reset();
    co_await stream.aclose();
    if (error) std::rethrow_exception(error);
  }

  Task<> shut_down_after(TaskHandle<> first, TaskHandle<> second, Closing) {
    const Counted frame;
    co_await first;
    co_await second;
  }

  Task<> be_late() {
    const Counted frame;
    try {
      co_await timeout(3ms, [](Timeout&) -> Task<> {
        const Counted body_frame;
        const TaskHandle<> never_ends = spawn(forever());
        co_await never_ends;
      });
    } catch (const TimedOut&) {
    }
  }

  Task<> hold_session() {
    const Counted frame;
    co_await async_with(Session(open_sessions_), [this](Session&) -> Task<> {
      const Counted body_frame;
      const Semaphore::Permit permit = co_await permits_.acquire();
      co_await sleep(4ms);
    });
  }

  Semaphore permits_{kPermits};
  Queue<int> queue_{1};
  int sum_ = 0;
  int open_sessions_ = 0;
};

TEST(Stress, WorksRunToTheirEnd) { EXPECT_EQ(expect_clean<Works>({}).cancelled, 0); }
TEST(Stress, WorksCancelledAtEachPointInTurnLeaveNothingBehind) { expect_clean_at_each_point<Works>(); }
TEST(Stress, WorksCancelledAtPairsOfPointsLeaveNothingBehind) { expect_clean_at_pairs_of_points<Works>(); }

}  // namespace
}  // namespace crawler::async
