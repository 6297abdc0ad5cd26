#include "tests/support/test_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <limits>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>

#include "tests/support/routes.h"

namespace test_support {
namespace {

void check(int result, const char* call) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), call);
}

void watch(int epoll, int operation, int descriptor, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  check(epoll_ctl(epoll, operation, descriptor, &event), "epoll_ctl");
}

FileDescriptor listen_on(const std::string& address, std::uint16_t& port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  if (inet_pton(AF_INET, address.c_str(), &name.sin_addr) != 1) {
    throw std::system_error(EINVAL, std::generic_category(), address);
  }
  FileDescriptor listener =
      FileDescriptor::checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
  socklen_t size = sizeof name;
  check(bind(listener.get(), reinterpret_cast<const sockaddr*>(&name), size), "bind");
  check(listen(listener.get(), SOMAXCONN), "listen");
  check(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&name), &size), "getsockname");
  port = ntohs(name.sin_port);
  return listener;
}

}  // namespace

TestServer::TestServer(const std::string& address, Responder responder)
    : responder_(std::move(responder)),
      address_(address),
      listener_(listen_on(address, port_)),
      epoll_(FileDescriptor::checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      stop_(FileDescriptor::checked(eventfd(0, EFD_CLOEXEC), "eventfd")) {
  watch(epoll_.get(), EPOLL_CTL_ADD, listener_.get(), EPOLLIN);
  watch(epoll_.get(), EPOLL_CTL_ADD, stop_.get(), EPOLLIN);
  thread_ = std::thread([this] { serve(); });
}

TestServer::~TestServer() {
  eventfd_write(stop_.get(), 1);
  thread_.join();
}

std::string TestServer::url(std::string_view target) const {
  return "http://" + address_ + ":" + std::to_string(port_) + std::string(target);
}

void TestServer::answer(const std::string& target, const Answer& answer) {
  const std::lock_guard lock(answers_mutex_);
  answers_[target] = script_of(answer);
}

void TestServer::answer_all(int status) {
  const std::lock_guard lock(answers_mutex_);
  answer_to_all_ = script_of({.status = status, .body = "<title>All the same</title>"});
}

void TestServer::refuse_above(std::size_t open_requests) {
  const std::lock_guard lock(answers_mutex_);
  most_at_once_ = open_requests;
}

Script TestServer::script_to_play(const std::string& target) const {
  const std::lock_guard lock(answers_mutex_);
  if (most_at_once_ && traffic_.counts().open_requests > *most_at_once_) return script_of({.status = 429});
  if (const auto found = answers_.find(target); found != answers_.end()) return found->second;
  return answer_to_all_ ? *answer_to_all_ : script_for(target);
}

void TestServer::serve() {
  std::array<epoll_event, 256> events;
  while (true) {
    const int count =
        epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), milliseconds_to_next_due());
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      const int descriptor = event.data.fd;
      if (descriptor == stop_.get()) return;
      if (descriptor == listener_.get()) {
        accept_clients();
        continue;
      }
      const auto found = clients_.find(descriptor);
      if (found == clients_.end()) continue;
      const bool is_readable = (event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0;
      if (is_readable && !found->second->connection.receive()) {
        drop(descriptor);
      } else {
        advance(descriptor);
      }
    }
    wake_due_clients();
  }
}

void TestServer::accept_clients() {
  while (true) {
    FileDescriptor socket(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    const int descriptor = socket.get();
    if (descriptor < 0) return;
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(epoll_.get(), EPOLL_CTL_ADD, descriptor, EPOLLIN);
    clients_[descriptor] = std::make_unique<Client>(std::move(socket), traffic_);
  }
}

void TestServer::advance(int descriptor) {
  Client& client = *clients_.at(descriptor);
  while (true) {
    if (const auto target = client.connection.next_request())
      client.connection.start(responder_ ? responder_(*target, client.connection.head())
                                         : script_to_play(*target));
    const Connection::Progress progress = client.connection.play(Clock::now());
    if (progress == Connection::Progress::closed) return drop(descriptor);
    watch_writing(descriptor, client, progress == Connection::Progress::blocked);
    const bool waits = progress == Connection::Progress::waiting;
    set_wake(descriptor, client, waits ? std::optional(client.connection.due()) : std::nullopt);
    // A client that was answered may have sent its next request already.
    if (progress != Connection::Progress::idle || !client.connection.has_request()) return;
  }
}

void TestServer::wake_due_clients() {
  while (!wakes_.empty() && wakes_.begin()->first <= Clock::now()) {
    const int descriptor = wakes_.begin()->second;
    set_wake(descriptor, *clients_.at(descriptor), std::nullopt);
    advance(descriptor);
  }
}

int TestServer::milliseconds_to_next_due() const {
  if (wakes_.empty()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(wakes_.begin()->first - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

void TestServer::watch_writing(int descriptor, Client& client, bool wanted) {
  if (client.waits_to_write == wanted) return;
  client.waits_to_write = wanted;
  watch(epoll_.get(), EPOLL_CTL_MOD, descriptor, wanted ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

void TestServer::set_wake(int descriptor, Client& client, std::optional<Clock::time_point> at) {
  if (client.wakes_at) wakes_.erase({*client.wakes_at, descriptor});
  client.wakes_at = at;
  if (at) wakes_.insert({*at, descriptor});
}

void TestServer::drop(int descriptor) {
  const auto found = clients_.find(descriptor);
  set_wake(descriptor, *found->second, std::nullopt);
  clients_.erase(found);  // closes the socket, which takes it out of epoll
}

}  // namespace test_support
