// Cancels a tree of tasks at each point of its run: nothing may be left behind.
//
//   class Works : public Tree {
//    public:
//     static constexpr std::size_t kTasks = 7;      // how many there are to cancel, the root among them
//     Task<> grow();                                // the root: begins with note(this_task())
//     bool is_complete() const;                     // as it is without a cancellation
//     Task<> expect_nothing_left();
//   };
//   TEST(Stress, …) { expect_clean_at_each_point<Works>(); }
//
// Contract: without a cancellation the root returns; no task of it ends with an error. A Counted in each
// frame tells of frames that leak.
#pragma once

#include <any>
#include <map>
#include <random>
#include <set>

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

/// Which task to cancel after which step of the run: a step leaves a task suspended, or ended, so that these
/// are all the points where a cancellation can come.
struct Point {
  std::size_t step = 0;  // the first is 1
  std::size_t task = 0;
};
/// In place of a number: whichever task has just run.
constexpr std::size_t kTaskThatRan = std::size_t(-1);

inline std::string describe(const std::vector<Point>& points) {
  std::string text;
  for (const Point& point : points)
    text += "after step " + std::to_string(point.step) +
            (point.task == kTaskThatRan ? " whichever task ran" : " task " + std::to_string(point.task)) +
            "; ";
  return text;
}

/// Counts the steps of a tree's tasks and of what they spawn, and cancels at the given points.
class Saboteur final : private StepObserver {
 public:
  Saboteur(const Tree& tree, std::vector<Point> points)
      : tree_(tree), points_(std::move(points)), harness_(this_task()) {
    EventLoop::current().observe_steps(this);
  }
  ~Saboteur() { EventLoop::current().observe_steps(nullptr); }

  std::size_t steps() const { return steps_; }
  int cancelled() const { return cancelled_; }
  bool has_cancelled(std::size_t task) const { return cancelled_tasks_.contains(task); }

 private:
  void begin_step(std::string_view) noexcept override {}
  void end_step() noexcept override {
    TaskState* const ran = EventLoop::current().current_task();
    if (ran == &harness_) return;
    ++steps_;
    for (const Point& point : points_)
      if (point.step == steps_) cancel(point.task, ran);
  }
  void cancel(std::size_t task, TaskState* ran) {
    if (task != kTaskThatRan) ran = task < tree_.tasks().size() ? tree_.tasks()[task] : nullptr;
    if (ran == nullptr || !ran->cancel()) return;
    ++cancelled_;
    cancelled_tasks_.insert(task);
  }

  const Tree& tree_;
  const std::vector<Point> points_;
  const TaskState& harness_;
  std::size_t steps_ = 0;
  int cancelled_ = 0;
  std::set<std::size_t> cancelled_tasks_;
};

struct StressRun {
  std::size_t steps = 0;
  int cancelled = 0;  // how many cancellations came before their task had ended
};

/// Runs a tree with these cancellations.
template <std::derived_from<Tree> SomeTree>
StressRun expect_clean(const std::vector<Point>& points) {
  VirtualClock clock;
  EventLoop loop(clock);
  StressRun result;
  const auto main = [&]() -> Task<> {
    SomeTree tree;
    const Saboteur saboteur(tree, points);
    const TaskHandle<> root = spawn(tree.grow());
    co_await end_of(root);
    for (TaskState* task : tree.tasks()) co_await wait_for_end(*task);
    if (!saboteur.has_cancelled(kTaskThatRan)) {
      EXPECT_EQ(root.was_cancelled(), saboteur.has_cancelled(0));
    }
    EXPECT_TRUE(saboteur.cancelled() > 0 || tree.is_complete());
    co_await tree.expect_nothing_left();
    result = {.steps = saboteur.steps(), .cancelled = saboteur.cancelled()};
  };
  run(loop, main());
  EXPECT_EQ(Counted::alive, 0);
  EXPECT_EQ(loop.describe_tasks(), "");
  return result;
}

template <std::derived_from<Tree> SomeTree>
void expect_clean_at_each_point() {
  const std::size_t steps = expect_clean<SomeTree>({}).steps;
  std::map<std::size_t, int> cancelled;
  for (std::size_t step = 1; step <= steps; ++step) {
    for (std::size_t task = 0; task <= SomeTree::kTasks; ++task) {
      const std::vector<Point> points = {
          {.step = step, .task = task < SomeTree::kTasks ? task : kTaskThatRan}};
      SCOPED_TRACE(describe(points));
      cancelled[task] += expect_clean<SomeTree>(points).cancelled;
      if (testing::Test::HasFailure()) return;
    }
  }
  for (std::size_t task = 0; task <= SomeTree::kTasks; ++task) EXPECT_GT(cancelled[task], 5) << task;
}

template <std::derived_from<Tree> SomeTree>
void expect_clean_at_pairs_of_points() {
  const std::size_t steps = expect_clean<SomeTree>({}).steps;
  std::minstd_rand random(20240917);
  const auto any_point = [&] {
    Point point;
    point.step = 1 + random() % steps;
    point.task = random() % SomeTree::kTasks;
    return point;
  };
  int both = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::vector<Point> points = {any_point(), any_point()};
    SCOPED_TRACE(describe(points));
    both += expect_clean<SomeTree>(points).cancelled == 2;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(both, 100);
}

}  // namespace crawler::async
