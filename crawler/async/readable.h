// Waits until a descriptor can be read without blocking (or has ended).
//
//   co_await readable(STDIN_FILENO);
//   const ssize_t got = read(STDIN_FILENO, buffer, sizeof buffer);
//
// Contract: takes a round of the loop even if there is something already, so that a reader who is always
// served stays cancellable. A regular file can always be read. The descriptor is open while it is awaited;
// one that is not throws std::system_error. Source: poll(2), libevent's event_new
#pragma once

#include <cerrno>
#include <coroutine>
#include <memory>
#include <poll.h>
#include <system_error>

#include <event2/event.h>

#include "crawler/async/event_handle.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/waiter.h"

namespace crawler::async {

class Readable final : public Waiter {
 public:
  explicit Readable(int fd) : Waiter("a descriptor to be readable"), fd_(fd) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) {
    if (is_readable_now()) {
      yield(frame);
      return;
    }
    EventLoop& loop = frame.promise().task->loop();
    event_.reset(event_new(loop.base(), fd_, EV_READ, &Readable::on_readable, this));
    if (!event_ || event_add(event_.get(), nullptr) != 0)
      throw std::system_error(errno, std::generic_category(), "cannot wait for a descriptor");
    loop.begin_external_wait();
    suspend(frame);
  }
  void await_resume() {
    event_.reset();
    throw_if_cancelled();
  }

 private:
  // epoll refuses files, and libevent, which tells epoll of all changes at once and late, cannot say so.
  bool is_readable_now() const {
    pollfd asked = {.fd = fd_, .events = POLLIN, .revents = 0};
    const int answered = ::poll(&asked, 1, 0);
    if (fd_ < 0 || (asked.revents & POLLNVAL) != 0)
      throw std::system_error(EBADF, std::generic_category(), "cannot wait for a descriptor");
    return answered > 0;
  }
  static void on_readable(evutil_socket_t, short, void* self) noexcept {
    auto& readable = *static_cast<Readable*>(self);
    readable.task()->loop().end_external_wait();
    readable.wake();
  }
  void cancel_wait() noexcept override {
    event_del(event_.get());
    task()->loop().end_external_wait();
    wake_cancelled();
  }

  int fd_;
  EventHandle event_;
};

inline Readable readable(int fd) { return Readable(fd); }

}  // namespace crawler::async
