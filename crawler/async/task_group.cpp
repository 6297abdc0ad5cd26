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

/// One task of the group. Its end is dealt with in the loop's next round, as asyncio does it: by then all who
/// were told of the end are ready.
class TaskGroup::Member final : public Linked<Member>, public EndWatcher, public Runnable {
 public:
  Member(TaskGroup& group, TaskState& task) : group_(group), task_(task) {
    task_.add_reference();
    task_.watch_end(*this);
  }
  ~Member() { task_.drop_reference(); }
  TaskState& task() const { return task_; }

 private:
  void note_end(TaskState&) noexcept override { task_.loop().make_ready(*this); }
  void run() noexcept override { group_.take_end_of(std::unique_ptr<Member>(this)); }

  TaskGroup& group_;
  TaskState& task_;
};

void TaskGroup::check_open() const {
  if (is_ending_ && members_.is_empty()) throw std::logic_error("the task group is finished");
  if (is_cancelling_) throw std::logic_error("the task group is shutting down");
}

void TaskGroup::adopt(TaskState& task) {
  members_.append(*new Member(*this, task));
  ++size_;
  task.retrieve_error();  // the group throws it, whoever else asks
}

void TaskGroup::take_end_of(std::unique_ptr<Member> member) {
  members_.remove(*member);
  --size_;
  if (members_.is_empty()) all_ended_.wake_all();
  const TaskState& task = member->task();
  if (task.was_cancelled() || !task.error()) return;
  errors_.push_back(task.error());
  if (is_cancelling_ || cancelled_parent_) return;
  cancel_all();
  cancelled_parent_ = true;
  parent_.cancel();
}

void TaskGroup::cancel_all() {
  is_cancelling_ = true;
  for (Member* member = members_.first(); member != nullptr; member = members_.after(*member))
    parent_.cancel_child(member->task());
}

Task<> TaskGroup::end(std::exception_ptr body_error) {
  is_ending_ = true;
  std::exception_ptr cancellation = is_cancellation(body_error) ? body_error : nullptr;
  if (body_error && !is_cancelling_) cancel_all();

  while (!members_.is_empty()) {
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
