// Tasks that end before their scope does: one failure cancels the others, all are awaited, all errors are
// thrown together.
//
//   co_await task_group([&](TaskGroup& group) {      // or -> Task<>, where the body awaits
//     for (const Url& url : urls) group.spawn(visit(url));
//   });                                              // here all have ended
//
// Contract: loop thread only. A task that fails cancels its siblings and the body. When all have ended, their
// errors (and the body's own, last) are thrown as an ExceptionGroup. A task that was cancelled is no error. A
// cancellation from outside cancels the tasks, waits for them, and goes on as Cancelled. Tasks may spawn more
// while the group waits. Source: https://docs.python.org/3/library/asyncio-task.html#asyncio.TaskGroup
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "crawler/async/cancelled.h"
#include "crawler/async/exception_group.h"
#include "crawler/async/linked_list.h"
#include "crawler/async/spawn.h"
#include "crawler/async/task.h"
#include "crawler/async/task_state.h"
#include "crawler/async/wait_list.h"

namespace crawler::async {

class TaskGroup {
 public:
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Throws std::logic_error when the group is being cancelled or has ended.
  template <class T>
  TaskHandle<T> spawn(Task<T> task, std::string name = {}) {
    check_open();
    TaskHandle<T> handle = async::spawn(std::move(task), std::move(name));
    adopt(handle.task());
    return handle;
  }
  std::size_t size() const { return size_; }

 private:
  class Member;

  template <class Body>
  friend Task<> task_group(Body body);

  explicit TaskGroup(TaskState& parent) : parent_(parent) {}
  void check_open() const;
  void adopt(TaskState& task);
  void take_end_of(std::unique_ptr<Member> member);
  void cancel_all();
  Task<> end(std::exception_ptr body_error);

  TaskState& parent_;
  LinkedList<Member> members_;  // the tasks, in the order they were spawned
  std::size_t size_ = 0;
  std::vector<std::exception_ptr> errors_;
  WaitList all_ended_;
  bool is_ending_ = false;      // the body has ended
  bool is_cancelling_ = false;  // the tasks have been cancelled
  bool cancelled_parent_ = false;
};

template <class Body>
Task<> task_group(Body body) {
  TaskGroup group(*EventLoop::current().current_task());
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Body&, TaskGroup&>>)
      body(group);
    else
      co_await body(group);
  } catch (...) {
    error = std::current_exception();
  }
  co_await group.end(std::move(error));
}

}  // namespace crawler::async
