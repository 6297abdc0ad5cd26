#include "crawler/async/task_ends.h"

#include <utility>

namespace crawler::async {

TaskEnds::TaskEnds(std::vector<TaskState*> tasks) : tasks_(std::move(tasks)) {
  ended_.reserve(tasks_.size());
  for (TaskState* task : tasks_) {
    if (task->is_done())
      note_end(*task);
    else
      task->watch_end(*this);
  }
}

TaskEnds::~TaskEnds() {
  if (pending() == 0) return;
  for (TaskState* task : tasks_) task->unwatch_end(*this);
}

void TaskEnds::note_end(TaskState& task) noexcept {
  ended_.push_back(&task);
  if (first_failed_ == nullptr && task.has_failed()) first_failed_ = &task;
  if (task.error()) has_error_ = true;
  line_.wake_one();
}

Task<> wait_for_end(TaskState& task) {
  TaskEnds ends({&task});
  while (ends.pending() > 0) co_await ends.next();
}

}  // namespace crawler::async
