#include "crawler/async/task_ends.h"

namespace crawler::async {

TaskEnds::TaskEnds(const std::vector<TaskState*>& tasks) : watches_(tasks.size()) {
  ended_.reserve(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    Watch& watch = watches_[i];
    watch.ends = this;
    watch.task = tasks[i];
    if (watch.task->is_done())
      add(*watch.task);
    else
      watch.task->watch_end(watch);
  }
}

TaskEnds::~TaskEnds() {
  if (pending() == 0) return;
  for (Watch& watch : watches_)
    if (!watch.task->is_done()) watch.task->unwatch_end(watch);
}

void TaskEnds::add(TaskState& ended) noexcept {
  ended_.push_back(&ended);
  if (first_failed_ == nullptr && ended.has_failed()) first_failed_ = &ended;
  if (ended.error()) has_error_ = true;
  line_.wake_one();
}

Task<> wait_for_end(TaskState& task) {
  TaskEnds ends({&task});
  while (ends.pending() > 0) co_await ends.next();
}

}  // namespace crawler::async
