// A web server that answers every request with the same small page after a delay, on every address of the
// machine: http_server MILLISECONDS. Prints its port, and ends when its input does.
//
// One thread. A connection costs a few bytes here, because nothing of a request is kept but how far its end
// was seen; there may be kMaxConnections, and more are closed.
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <netinet/in.h>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "tests/support/file_descriptor.h"

namespace {

using Clock = std::chrono::steady_clock;
using test_support::FileDescriptor;

constexpr std::size_t kMaxConnections = 16 * 1024;
constexpr std::string_view kAnswer =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n"
    "<!doctype html><title>A slow page</title><p>It was asked for some time ago, and has a hundred bytes.";
static_assert(kAnswer.size() - kAnswer.find("<!doctype") == 100);

void check(int result, const char* call) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), call);
}

struct Connection {
  FileDescriptor socket;
  std::uint64_t number = 0;  // a descriptor is used again for the next
  std::size_t seen = 0;      // of the end of a request
};

class SlowServer {
 public:
  explicit SlowServer(Clock::duration delay)
      : delay_(delay),
        epoll_(FileDescriptor::checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
        listener_(FileDescriptor::checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                                          "socket")) {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    check(bind(listener_.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any), "bind");
    check(listen(listener_.get(), kMaxConnections), "listen");
    watch(listener_.get());
    watch(STDIN_FILENO);
  }

  int port() const {
    sockaddr_in name{};
    socklen_t size = sizeof name;
    check(getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&name), &size), "getsockname");
    return ntohs(name.sin_port);
  }

  void serve() {
    std::array<epoll_event, 256> events;
    while (true) {
      const int count = epoll_wait(epoll_.get(), events.data(), events.size(), milliseconds_to_next_due());
      for (int i = 0; i < count; ++i) {
        const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
        if (descriptor == STDIN_FILENO) return;
        if (descriptor == listener_.get())
          accept_all();
        else
          receive(descriptor);
      }
      answer_due();
    }
  }

 private:
  struct Due {
    Clock::time_point at;
    int descriptor;
    std::uint64_t number;
  };

  void watch(int descriptor) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    check(epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl");
  }

  Connection& at(int descriptor) { return connections_[static_cast<std::size_t>(descriptor)]; }

  void accept_all() {
    while (true) {
      FileDescriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      const int descriptor = socket.get();
      if (descriptor < 0) return;
      if (static_cast<std::size_t>(descriptor) >= kMaxConnections) continue;
      if (connections_.size() <= static_cast<std::size_t>(descriptor))
        connections_.resize(static_cast<std::size_t>(descriptor) + 1);
      watch(descriptor);
      at(descriptor) = {.socket = std::move(socket), .number = ++accepted_, .seen = 0};
    }
  }

  void receive(int descriptor) {
    constexpr std::string_view kEnd = "\r\n\r\n";
    std::array<char, 4096> bytes;
    const ssize_t size = recv(descriptor, bytes.data(), bytes.size(), 0);
    if (size < 0 && errno == EAGAIN) return;
    Connection& connection = at(descriptor);
    if (size <= 0) {
      connection = {};
      return;
    }
    for (const char c : std::string_view(bytes.data(), static_cast<std::size_t>(size))) {
      if (c == kEnd[connection.seen])
        ++connection.seen;
      else
        connection.seen = c == kEnd[0] ? 1 : 0;
      if (connection.seen < kEnd.size()) continue;
      connection.seen = 0;
      due_.push_back({Clock::now() + delay_, descriptor, connection.number});
    }
  }

  /// All wait equally long, so the first in is the first due.
  void answer_due() {
    const Clock::time_point now = Clock::now();
    for (; !due_.empty() && due_.front().at <= now; due_.pop_front()) {
      Connection& connection = at(due_.front().descriptor);
      if (connection.number != due_.front().number) continue;
      const ssize_t sent = send(connection.socket.get(), kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
      if (sent != static_cast<ssize_t>(kAnswer.size())) connection = {};
    }
  }

  int milliseconds_to_next_due() const {
    if (due_.empty()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_.front().at - Clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left);
  }

  Clock::duration delay_;
  FileDescriptor epoll_;
  FileDescriptor listener_;
  std::vector<Connection> connections_;  // by descriptor
  std::deque<Due> due_;
  std::uint64_t accepted_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("http_server MILLISECONDS\n", stderr);
    return 2;
  }
  SlowServer server{std::chrono::milliseconds(std::strtol(arguments[1], nullptr, 10))};
  std::printf("%d\n", server.port());
  std::fflush(stdout);
  server.serve();
}
