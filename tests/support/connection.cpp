#include "tests/support/connection.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace test_support {

Connection::Connection(FileDescriptor socket, Traffic& traffic)
    : socket_(std::move(socket)), traffic_(traffic) {
  traffic_.connection_opened();
}

Connection::~Connection() {
  end_request();
  socket_.reset();  // who waits for the end may count descriptors
  traffic_.connection_closed();
}

bool Connection::receive() {
  std::array<char, 16 * 1024> buffer;
  while (true) {
    const ssize_t count = recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (count > 0) {
      input_.append(buffer.data(), static_cast<std::size_t>(count));
      if (input_.size() > kMaxInput) return false;
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else {
      return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
  }
}

std::optional<std::string> Connection::next_request() {
  if (!has_request()) return std::nullopt;
  const std::size_t end = input_.find("\r\n\r\n");
  head_ = input_.substr(0, end + 2);
  input_.erase(0, end + 4);
  const std::size_t space = head_.find(' ');
  target_ = head_.substr(space + 1, head_.find(' ', space + 1) - space - 1);
  traffic_.request_began(target_, head_);
  has_open_request_ = true;
  return target_;
}

void Connection::start(Script script) {
  script_ = std::move(script);
  step_ = 0;
  times_sent_ = 0;
  offset_ = 0;
  has_waited_ = false;
}

Connection::Progress Connection::play(Clock::time_point now) {
  if (!script_) return Progress::idle;
  std::size_t sent = 0;
  while (step_ < script_->steps.size()) {
    const Step& step = script_->steps[step_];
    if (times_sent_ == step.times) {
      ++step_;
      times_sent_ = 0;
      continue;
    }
    if (!has_waited_) {
      due_ = now + step.wait;
      has_waited_ = true;
    }
    if (now < due_) return Progress::waiting;
    if (sent > kMaxTurn) return Progress::blocked;

    const bool is_last = step_ + 1 == script_->steps.size() && times_sent_ + 1 == step.times;
    // Before the send: a client that has the last byte may ask again before this thread runs on.
    if (is_last && script_->ending != Ending::hang) end_request();
    while (offset_ < step.bytes.size()) {
      const ssize_t count =
          send(socket_.get(), step.bytes.data() + offset_, step.bytes.size() - offset_, MSG_NOSIGNAL);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Progress::blocked : Progress::closed;
      offset_ += static_cast<std::size_t>(count);
      sent += static_cast<std::size_t>(count);
    }
    offset_ = 0;
    has_waited_ = false;
    ++times_sent_;
  }
  return end_script();
}

Connection::Progress Connection::end_script() {
  switch (script_->ending) {
    case Ending::keep_alive:
      end_request();
      script_.reset();
      return Progress::idle;
    case Ending::hang:
      return Progress::hanging;
    case Ending::reset: {
      // To close with a linger time of zero sends RST instead of FIN: socket(7).
      const linger at_once{.l_onoff = 1, .l_linger = 0};
      setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      return Progress::closed;
    }
    case Ending::close:
      break;
  }
  return Progress::closed;
}

void Connection::end_request() {
  if (std::exchange(has_open_request_, false)) traffic_.request_ended(target_);
}

}  // namespace test_support
