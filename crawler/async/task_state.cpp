#include "crawler/async/task_state.h"

#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

TaskState::TaskState(EventLoop& loop, std::string name) : loop_(loop), name_(std::move(name)) {}

TaskState::~TaskState() = default;

void TaskState::drop_reference() {
  if (--references_ == 0) delete this;
}

void TaskState::start(std::coroutine_handle<> root) {
  root_ = root;
  suspended_at_ = root;
  loop_.adopt(*this);
  loop_.make_ready(*this);
}

bool TaskState::cancel(std::string message) {
  if (done_) return false;
  ++cancel_requests_;
  cancel_message_ = std::move(message);
  if (waiting_on_ != nullptr)
    waiting_on_->cancel_wait();
  else
    must_cancel_ = true;
  return true;
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
  if (must_cancel_) {
    must_cancel_ = false;  // the waiter sets it again if it is the one to be cancelled
    waiter.cancel_wait();
  }
}

void TaskState::yield(std::coroutine_handle<> frame) {
  suspended_at_ = frame;
  loop_.make_ready(*this);
}

void TaskState::wake() noexcept {
  waiting_on_ = nullptr;
  loop_.make_ready(*this);
}

void TaskState::wake_cancelled() noexcept {
  must_cancel_ = true;
  wake();
}

void TaskState::throw_if_cancelled() {
  if (!must_cancel_) return;
  must_cancel_ = false;
  throw Cancelled{cancel_message_};
}

void TaskState::run() noexcept {
  const bool has_not_started = suspended_at_ == root_;
  if (has_not_started && must_cancel_) {
    must_cancel_ = false;
    end_cancelled();
    end();
    return;
  }
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
  if (must_cancel_ && !error_) end_cancelled();
  must_cancel_ = false;
  done_ = true;
  root_ = nullptr;
  for (TaskState* joining : joining_) joining->wake();
  if (!done_callbacks_.empty()) {
    add_reference();
    loop_.call_soon([this, calls = std::exchange(done_callbacks_, {})]() mutable {
      for (auto& call : calls) call(*this);
      drop_reference();
    });
  }
  loop_.release(*this);
}

}  // namespace crawler::async
