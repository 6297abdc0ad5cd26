#include "crawler/async/task_group.h"

namespace crawler::async {
namespace {

bool is_cancellation(const std::exception_ptr& error) {
  if (!error) return false;
  try {
    std::rethrow_exception(error);
  } catch (const Cancelled&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

void TaskGroup::check_open() const {
  if (is_ending_ && tasks_.empty()) throw std::logic_error("the task group is finished");
  if (is_cancelling_) throw std::logic_error("the task group is shutting down");
}

void TaskGroup::adopt(TaskState& task) {
  tasks_.insert(&task);
  task.retrieve_error();  // the group throws it, whoever else asks
  task.on_done([this](TaskState& ended) { end_of(ended); });
}

void TaskGroup::end_of(TaskState& task) {
  tasks_.erase(&task);
  if (tasks_.empty()) all_ended_.wake_all();
  if (task.was_cancelled() || !task.error()) return;
  errors_.push_back(task.error());
  if (is_cancelling_ || cancelled_parent_) return;
  cancel_all();
  cancelled_parent_ = true;
  parent_.cancel();
}

void TaskGroup::cancel_all() {
  is_cancelling_ = true;
  for (TaskState* task : tasks_) task->cancel();
}

Task<> TaskGroup::end(std::exception_ptr body_error) {
  is_ending_ = true;
  std::exception_ptr cancellation = is_cancellation(body_error) ? body_error : nullptr;
  if (body_error && !is_cancelling_) cancel_all();

  while (!tasks_.empty()) {
    try {
      co_await all_ended_.wait("the tasks of a group");
    } catch (const Cancelled&) {
      if (!is_cancelling_) {
        cancellation = std::current_exception();
        cancel_all();
      }
    }
  }

  // Our own request to cancel the parent is taken back; one that came from outside stays.
  if (cancelled_parent_ && parent_.uncancel() == 0) cancellation = nullptr;
  if (cancellation && errors_.empty()) std::rethrow_exception(cancellation);
  if (body_error && !is_cancellation(body_error)) errors_.push_back(body_error);
  if (errors_.empty()) co_return;
  if (parent_.cancelling() > 0) {
    // The errors go first; the cancellation is delivered again at the next await.
    parent_.uncancel();
    parent_.cancel();
  }
  throw ExceptionGroup("unhandled errors in a task group", std::exchange(errors_, {}));
}

}  // namespace crawler::async
