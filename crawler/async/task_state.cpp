#include "crawler/async/task_state.h"

#include <utility>

#include "crawler/async/cancelled.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

namespace {

/// Watches for the end, and is then run by the loop, once.
class DoneCallback final : public EndWatcher, public Runnable {
 public:
  explicit DoneCallback(std::move_only_function<void(TaskState&)> call) : call_(std::move(call)) {}

  void note_end(TaskState& ended) noexcept override {
    ended_ = &ended;
    ended.add_reference();
    ended.loop().make_ready(*this);
  }
  void run() noexcept override {
    const std::unique_ptr<DoneCallback> self(this);
    const EventLoop::Step step(ended_->loop(), "a callback");
    call_(*ended_);
    ended_->drop_reference();
  }

 private:
  std::move_only_function<void(TaskState&)> call_;
  TaskState* ended_ = nullptr;
};

}  // namespace

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

void TaskState::cancel_child(TaskState& child, const std::string& message) {
  is_passing_on_cancel_ = true;
  child.cancel(message);
  is_passing_on_cancel_ = false;  // unless the line came back to this task, and took it for one of its own
}

// Down the line of tasks that each wait for the next, in a loop: the line may be longer than the stack is
// deep. Returns the last one, which waits for no task, or for one that is in the line already.
TaskState& TaskState::pass_on_cancel(const std::string& message) {
  TaskState* last = this;
  for (;; last = last->joined_) {
    ++last->cancel_requests_;
    // One that was told already throws what it was told first.
    if (!last->gave_up_waiting_) last->set_cancel_message(message);
    last->is_passing_on_cancel_ = true;
    if (last->joined_ == nullptr || last->joined_->is_passing_on_cancel_) break;
  }
  for (TaskState* task = this; task != nullptr && task->is_passing_on_cancel_; task = task->joined_)
    task->is_passing_on_cancel_ = false;
  return *last;
}

void TaskState::set_cancel_message(std::string message) {
  cancel_message_ = message.empty() ? nullptr : std::make_unique<std::string>(std::move(message));
}

void TaskState::end_cancelled(std::string message) {
  cancelled_ = true;
  set_cancel_message(std::move(message));
}

void TaskState::throw_failure() {
  if (cancelled_) throw Cancelled{cancel_message()};
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
  auto* const watcher = new DoneCallback(std::move(callback));
  if (done_)
    watcher->note_end(*this);
  else
    watch_end(*watcher);
}

void TaskState::suspend_on(Waiter& waiter, std::coroutine_handle<> frame) {
  suspended_at_ = frame;
  waiting_on_ = &waiter;
  if (!must_cancel_) return;
  must_cancel_ = false;
  if (joined_ != nullptr)
    joined_->cancel(cancel_message());
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
  throw Cancelled{cancel_message()};
}

void TaskState::run() noexcept {
  if (!has_started_ && must_cancel_) {
    must_cancel_ = false;
    end_cancelled(cancel_message());
    end();
    return;
  }
  has_started_ = true;
  loop_.current_task_ = this;
  {
    const EventLoop::Step step(loop_, name_);
    std::coroutine_handle<> frame = std::exchange(suspended_at_, nullptr);
    while (frame) {
      frame.resume();
      frame = std::exchange(next_, nullptr);
    }
  }
  loop_.current_task_ = nullptr;
  if (root_.done()) end();
}

void TaskState::end() {
  take_outcome(std::exchange(root_, nullptr));
  // A cancellation that came after the last await still counts: the task's value is not asked for any more.
  if (must_cancel_ && !error_) end_cancelled(cancel_message());
  must_cancel_ = false;
  done_ = true;
  while (EndWatcher* watcher = end_watchers_.first()) {
    end_watchers_.remove(*watcher);
    watcher->note_end(*this);
  }
  loop_.release(*this);
}

}  // namespace crawler::async
