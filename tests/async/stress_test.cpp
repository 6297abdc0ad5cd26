// Cancels a tree of tasks that uses every primitive, at each point of its run: nothing may be left behind.

#include <map>
#include <optional>
#include <random>

#include "crawler/async/async_generator.h"
#include "crawler/async/async_with.h"
#include "crawler/async/queue.h"
#include "crawler/async/semaphore.h"
#include "crawler/async/task_group.h"
#include "crawler/async/timeout.h"
#include "crawler/async/to_thread.h"
#include "tests/async/async_test.h"

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
class Tree {
 public:
  static constexpr int kItems = 3;  // of each producer

  Task<> grow() {
    const Counted frame;
    tasks_.push_back(&this_task());
    co_await task_group([this](TaskGroup& group) -> Task<> {
      const Counted body_frame;
      const TaskHandle<> first = add(group, produce(1));
      const TaskHandle<> second = add(group, produce(10));
      add(group, consume());
      add(group, shut_down_after(first, second));
      add(group, be_late());
      add(group, hold_session());
      co_await tick();
    });
  }

  const std::vector<TaskState*>& tasks() const { return tasks_; }
  int sum() const { return sum_; }

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

  TaskHandle<> add(TaskGroup& group, Task<> task) {
    TaskHandle<> handle = group.spawn(std::move(task));
    tasks_.push_back(&handle.task());
    kept_.push_back(handle);
    return handle;
  }

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

  Task<> consume() {
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
    queue_.shutdown();
    co_await stream.aclose();
    if (error) std::rethrow_exception(error);
  }

  Task<> shut_down_after(TaskHandle<> first, TaskHandle<> second) {
    const Counted frame;
    try {
      co_await first;
      co_await second;
    } catch (...) {
      queue_.shutdown();
      throw;
    }
    queue_.shutdown();
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
  std::vector<TaskState*> tasks_;
  std::vector<TaskHandle<>> kept_;  // so that the pointers above stay good
};

/// When to cancel which task: after so much time, so many rounds.
struct Point {
  int ms = 0;
  int rounds = 0;
  std::size_t task = 0;
};
constexpr int kMilliseconds = 9;
constexpr int kRounds = 9;
constexpr std::size_t kTasks = 7;

/// False if the task had ended.
Task<bool> cancel_at(Tree& tree, Point point) {
  co_await sleep(std::chrono::milliseconds(point.ms));
  co_await tick(point.rounds);
  if (point.task >= tree.tasks().size()) co_return false;
  co_return tree.tasks()[point.task]->cancel();
}

/// Runs a tree with these cancellations; returns how many came before their task had ended.
int expect_clean(const std::vector<Point>& points) {
  VirtualClock clock;
  EventLoop loop(clock);
  int cancelled = 0;
  const auto main = [&]() -> Task<> {
    Tree tree;
    const TaskHandle<> root = spawn(tree.grow());
    std::vector<TaskHandle<bool>> saboteurs;
    for (const Point& point : points) saboteurs.push_back(spawn(cancel_at(tree, point)));
    bool root_is_cancelled = false;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool is_cancelled = co_await saboteurs[i];
      cancelled += is_cancelled;
      root_is_cancelled |= is_cancelled && points[i].task == 0;
    }
    co_await end_of(root);
    EXPECT_EQ(root.was_cancelled(), root_is_cancelled);
    EXPECT_TRUE(cancelled > 0 || tree.sum() == 66);
    co_await tree.expect_nothing_left();
  };
  run(loop, main());
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(loop.describe_tasks(), "");
  return cancelled;
}

std::string describe(const std::vector<Point>& points) {
  std::string text;
  for (const Point& point : points)
    text += std::to_string(point.ms) + " ms, round " + std::to_string(point.rounds) + ", task " +
            std::to_string(point.task) + "; ";
  return text;
}

TEST(Stress, ATreeOfTasksRunsToItsEnd) { EXPECT_EQ(expect_clean({}), 0); }

TEST(Stress, CancelledAtEachPointInTurnItLeavesNothingBehind) {
  std::map<std::size_t, int> cancelled;
  for (int ms = 0; ms < kMilliseconds; ++ms)
    for (int rounds = 0; rounds < kRounds; ++rounds)
      for (std::size_t task = 0; task < kTasks; ++task) {
        const std::vector<Point> points = {{.ms = ms, .rounds = rounds, .task = task}};
        SCOPED_TRACE(describe(points));
        cancelled[task] += expect_clean(points);
        if (testing::Test::HasFailure()) return;
      }
  for (std::size_t task = 0; task < kTasks; ++task) EXPECT_GT(cancelled[task], kRounds);
}

TEST(Stress, CancelledAtPairsOfPointsItLeavesNothingBehind) {
  std::minstd_rand random(20240917);
  const auto any_point = [&] {
    Point point;
    point.ms = static_cast<int>(random() % kMilliseconds);
    point.rounds = static_cast<int>(random() % kRounds);
    point.task = random() % kTasks;
    return point;
  };
  int both = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::vector<Point> points = {any_point(), any_point()};
    SCOPED_TRACE(describe(points));
    both += expect_clean(points) == 2;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(both, 100);
}

constexpr int kMany = 1'000'000;

Task<int> add_one(int n) { co_return n + 1; }
Task<int> count_down(int n) {
  if (n == 0) co_return 0;
  const int below = co_await count_down(n - 1);
  co_return below + 1;
}
Task<> throw_from_below(int depth) {
  if (depth == 0) throw std::runtime_error("x");
  co_await throw_from_below(depth - 1);
}
AsyncGenerator<int> numbers(int end) {
  for (int i = 0; i < end; ++i) co_yield i;
}

TEST(Stack, DoesNotGrowWithReadyTasks) {
  in_virtual_time([]() -> Task<> {
    int ended = 0;
    const auto count = [&]() -> Task<> {
      co_await sleep(0s);
      ++ended;
    };
    for (int i = 0; i < kMany; ++i) spawn(count());
    while (ended < kMany) co_await tick();
    EXPECT_EQ(ended, kMany);
  });
}

TEST(Stack, DoesNotGrowWithAwaitsThatEndAtOnce) {
  in_virtual_time([]() -> Task<> {
    int n = 0;
    while (n < kMany) n = co_await add_one(n);
    EXPECT_EQ(n, kMany);
  });
}

TEST(Stack, DoesNotGrowWithTheDepthOfAwaits) {
  EXPECT_EQ(in_virtual_time([] { return count_down(kMany); }), kMany);
}

TEST(Stack, DoesNotGrowWithAGeneratorThatNeverSuspends) {
  in_virtual_time([]() -> Task<> {
    AsyncGenerator<int> all = numbers(kMany);
    int count = 0;
    while (const auto number = co_await all.next()) ++count;
    EXPECT_EQ(count, kMany);
  });
}

TEST(Stack, DoesNotGrowWithTheDepthThatAnErrorRises) {
  EXPECT_THROW(in_virtual_time([] { return throw_from_below(20'000); }), std::runtime_error);
}

TEST(Stack, DoesNotGrowWithTasksThatAwaitTasks) {
  in_virtual_time([]() -> Task<> {
    std::vector<TaskHandle<int>> line;
    line.push_back(spawn(value(0)));
    const auto add_one_to = [](TaskHandle<int> before) -> Task<int> {
      const int n = co_await before;
      co_return n + 1;
    };
    for (int i = 1; i < 100'000; ++i) line.push_back(spawn(add_one_to(line.back())));
    const int last = co_await line.back();
    EXPECT_EQ(last, 99'999);
  });
}

}  // namespace
}  // namespace crawler::async
