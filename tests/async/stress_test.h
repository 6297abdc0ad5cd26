// Cancels a tree of tasks at each point of its run: nothing may be left behind.
//
//   class Works : public Tree {
//    public:
//     static constexpr std::size_t kTasks = 7;      // how many there are to cancel, the root among them
//     Task<> grow();                                // the root: begins with note(this_task())
//     bool is_complete() const;                     // whether all was done that is done without a
//     cancellation Task<> expect_nothing_left();
//   };
//   TEST(Stress, …) { expect_clean_at_each_point<Works>(); }
//
// Contract: without a cancellation the root returns; no task of it ends with an error. A Counted in each
// frame tells of frames that leak.
#pragma once

#include <any>
#include <map>
#include <random>

#include "crawler/async/task_ends.h"
#include "tests/async/async_test.h"

namespace crawler::async {

class Tree {
 public:
  const std::vector<TaskState*>& tasks() const { return tasks_; }

 protected:
  void note(TaskState& task) { tasks_.push_back(&task); }
  template <class T>
  TaskHandle<T> keep(TaskHandle<T> task) {
    note(task.task());
    kept_.emplace_back(task);
    return task;
  }

 private:
  std::vector<TaskState*> tasks_;
  std::vector<std::any> kept_;  // so that the pointers above stay good
};

/// When to cancel which task: after so much time, so many rounds.
struct Point {
  int ms = 0;
  int rounds = 0;
  std::size_t task = 0;
};
constexpr int kMilliseconds = 9;
constexpr int kRounds = 9;

inline std::string describe(const std::vector<Point>& points) {
  std::string text;
  for (const Point& point : points)
    text += std::to_string(point.ms) + " ms, round " + std::to_string(point.rounds) + ", task " +
            std::to_string(point.task) + "; ";
  return text;
}

/// False if the task had ended.
inline Task<bool> cancel_at(Tree& tree, Point point) {
  co_await sleep(std::chrono::milliseconds(point.ms));
  co_await tick(point.rounds);
  if (point.task >= tree.tasks().size()) co_return false;
  co_return tree.tasks()[point.task]->cancel();
}

/// Runs a tree with these cancellations; returns how many came before their task had ended.
template <std::derived_from<Tree> SomeTree>
int expect_clean(const std::vector<Point>& points) {
  VirtualClock clock;
  EventLoop loop(clock);
  int cancelled = 0;
  const auto main = [&]() -> Task<> {
    SomeTree tree;
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
    for (TaskState* task : tree.tasks()) co_await wait_for_end(*task);
    EXPECT_EQ(root.was_cancelled(), root_is_cancelled);
    EXPECT_TRUE(cancelled > 0 || tree.is_complete());
    co_await tree.expect_nothing_left();
  };
  run(loop, main());
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(loop.describe_tasks(), "");
  return cancelled;
}

template <std::derived_from<Tree> SomeTree>
void expect_clean_at_each_point() {
  std::map<std::size_t, int> cancelled;
  for (int ms = 0; ms < kMilliseconds; ++ms)
    for (int rounds = 0; rounds < kRounds; ++rounds)
      for (std::size_t task = 0; task < SomeTree::kTasks; ++task) {
        const std::vector<Point> points = {{.ms = ms, .rounds = rounds, .task = task}};
        SCOPED_TRACE(describe(points));
        cancelled[task] += expect_clean<SomeTree>(points);
        if (testing::Test::HasFailure()) return;
      }
  for (std::size_t task = 0; task < SomeTree::kTasks; ++task) EXPECT_GT(cancelled[task], kRounds) << task;
}

template <std::derived_from<Tree> SomeTree>
void expect_clean_at_pairs_of_points() {
  std::minstd_rand random(20240917);
  const auto any_point = [&] {
    Point point;
    point.ms = static_cast<int>(random() % kMilliseconds);
    point.rounds = static_cast<int>(random() % kRounds);
    point.task = random() % SomeTree::kTasks;
    return point;
  };
  int both = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::vector<Point> points = {any_point(), any_point()};
    SCOPED_TRACE(describe(points));
    both += expect_clean<SomeTree>(points) == 2;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(both, 100);
}

}  // namespace crawler::async
