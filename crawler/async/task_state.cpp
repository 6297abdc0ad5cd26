#include "crawler/async/task_state.h"

#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

TaskState::TaskState(EventLoop& loop, std::string name) : loop_(loop), name_(std::move(name)) {}

TaskState::~TaskState() = default;

void TaskState::drop_reference() {
  if (--references_ > 0) return;
  if (error_ && !is_error_retrieved_) EventLoop::report_unretrieved_error(*this);
  delete this;
}

void TaskState::start(std::coroutine_handle<> root) {
  root_ = root;
  suspended_at_ = root;
  loop_.adopt(*this);
  loop_.make_ready(*this);
}

bool TaskState::cancel(std::string message) {
  if (done_) return false;
  TaskState& last = pass_on_cancel(message);
  if (last.waiting_on_ != nullptr)
    last.waiting_on_->cancel_wait();
  else
    last.must_cancel_ = true;
  return true;
}

// Down the line of tasks that each wait for the next, in a loop: the line may be longer than the stack is
// deep. Returns the last one, which waits for no task, or for one that is in the line already.
TaskState& TaskState::pass_on_cancel(const std::string& message) {
  TaskState* last = this;
  for (;; last = last->joined_) {
    ++last->cancel_requests_;
    last->cancel_message_ = message;
    last->is_passing_on_cancel_ = true;
    if (last->joined_ == nullptr || last->joined_->is_passing_on_cancel_) break;
  }
  for (TaskState* task = this; task != nullptr && task->is_passing_on_cancel_; task = task->joined_)
    task->is_passing_on_cancel_ = false;
  return *last;
}

void TaskState::wake_when_done(TaskState& awaiting) {
  watch_end(awaiting);
  awaiting.joined_ = this;
}

void TaskState::leave_join() noexcept {
  joined_->unwatch_end(*this);
  wake_cancelled();
}

void TaskState::end_cancelled(std::string message) {
  cancelled_ = true;
  cancel_message_ = std::move(message);
}

void TaskState::throw_failure() {
  if (cancelled_) throw Cancelled{cancel_message_};
  if (!error_) return;
  retrieve_error();
  std::rethrow_exception(error_);
}

int TaskState::uncancel() {
  if (cancel_requests_ > 0 && --cancel_requests_ == 0) must_cancel_ = false;
  return cancel_requests_;
}

std::string_view TaskState::waits_for() const {
  if (done_) return "nothing: it has ended";
  return waiting_on_ == nullptr ? "its turn" : waiting_on_->waits_for();
}

void TaskState::on_done(std::move_only_function<void(TaskState&)> callback) {
  if (!done_) {
    done_callbacks_.push_back(std::move(callback));
    return;
  }
  add_reference();
  loop_.call_soon([this, call = std::move(callback)]() mutable {
    call(*this);
    drop_reference();
  });
}

void TaskState::suspend_on(Waiter& waiter, std::coroutine_handle<> frame) {
  suspended_at_ = frame;
  waiting_on_ = &waiter;
  if (!must_cancel_) return;
  must_cancel_ = false;
  if (joined_ != nullptr)
    joined_->cancel(cancel_message_);
  else
    waiter.cancel_wait();
}

void TaskState::yield(std::coroutine_handle<> frame) {
  suspended_at_ = frame;
  loop_.make_ready(*this);
}

void TaskState::wake() noexcept {
  waiting_on_ = nullptr;
  joined_ = nullptr;
  loop_.make_ready(*this);
}

void TaskState::wake_cancelled() noexcept {
  gave_up_waiting_ = true;
  wake();
}

void TaskState::throw_if_cancelled() {
  if (!must_cancel_ && !gave_up_waiting_) return;
  must_cancel_ = gave_up_waiting_ = false;
  throw Cancelled{cancel_message_};
}

void TaskState::run() noexcept {
  if (!has_started_ && must_cancel_) {
    must_cancel_ = false;
    end_cancelled(cancel_message_);
    end();
    return;
  }
  has_started_ = true;
  loop_.current_task_ = this;
  std::coroutine_handle<> frame = std::exchange(suspended_at_, nullptr);
  while (frame) {
    frame.resume();
    frame = std::exchange(next_, nullptr);
  }
  loop_.current_task_ = nullptr;
  if (root_.done()) end();
}

void TaskState::end() {
  take_outcome();
  // A cancellation that came after the last await still counts: the task's value is not asked for any more.
  if (must_cancel_ && !error_) end_cancelled(cancel_message_);
  must_cancel_ = false;
  done_ = true;
  root_ = nullptr;
  // First those that watch, such as the task's group: they may cancel who awaits the task, and that wins.
  if (!done_callbacks_.empty()) {
    add_reference();
    loop_.call_soon([this, calls = std::exchange(done_callbacks_, {})]() mutable {
      for (auto& call : calls) call(*this);
      drop_reference();
    });
  }
  for (EndWatcher* watcher : std::exchange(end_watchers_, {})) watcher->note_end(*this);
  loop_.release(*this);
}

}  // namespace crawler::async
