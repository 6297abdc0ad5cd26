// The ends of several tasks as they come: what gather, wait, as_completed and shield are made of.
//
//   TaskEnds ends(states_of(handles));
//   while (ends.pending() > 0) co_await ends.next();
//   TaskState& first = *ends.ended().front();
//
// Contract: loop thread only. It outlives neither the tasks nor who awaits next(), one at a time. What had
// ended before stands first, in the order given; a task that is given twice ends twice. Whoever awaits next()
// and is cancelled throws Cancelled, and the tasks go on.
#pragma once

#include <cstddef>
#include <vector>

#include "crawler/async/spawn.h"
#include "crawler/async/task_state.h"
#include "crawler/async/wait_list.h"

namespace crawler::async {

class TaskEnds final {
 public:
  explicit TaskEnds(const std::vector<TaskState*>& tasks);
  ~TaskEnds();

  /// Waits for one more end. Only while some are pending.
  WaitList::Wait next() { return line_.wait("another task"); }

  std::size_t pending() const { return watches_.size() - ended_.size(); }
  const std::vector<TaskState*>& ended() const { return ended_; }
  /// The first that ended without a value; null if none has.
  TaskState* first_failed() const { return first_failed_; }
  /// Whether one has ended with an error, as against a cancellation.
  bool has_error() const { return has_error_; }

 private:
  struct Watch final : EndWatcher {
    void note_end(TaskState& ended) noexcept override { ends->add(ended); }
    TaskEnds* ends = nullptr;
    TaskState* task = nullptr;
  };
  void add(TaskState& ended) noexcept;

  std::vector<Watch> watches_;     // one for each task given
  std::vector<TaskState*> ended_;  // has room for all: add() must not throw
  TaskState* first_failed_ = nullptr;
  bool has_error_ = false;
  WaitList line_;
};

/// Waits for the end of a task, however it ends; a cancellation of the wait leaves the task alone.
Task<> wait_for_end(TaskState& task);

template <class T>
std::vector<TaskState*> states_of(const std::vector<TaskHandle<T>>& handles) {
  std::vector<TaskState*> states;
  states.reserve(handles.size());
  for (const TaskHandle<T>& handle : handles) states.push_back(&handle.task());
  return states;
}

}  // namespace crawler::async
