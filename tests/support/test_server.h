// A web server on loopback that misbehaves on purpose and counts what it sees.
//
//   TestServer server;
//   server.answer("/news", {.status = 503, .body = "later"});
//   fetch(server.url("/news"));
//   EXPECT_EQ(server.traffic().of("/news").requests(), 1u);
//   server.traffic().wait_until([](const Counts& now) { return now.open_connections == 0; }, 5s);
//
// Contract: listens from the constructor to the destructor on an ephemeral port; one thread of its own, raw
// sockets, HTTP/1.1 with keep-alive, GET only. Public members are for any thread. The paths that it knows:
// routes.h, unless a Responder says what is answered, on the server's thread. Throws std::system_error when
// it cannot listen.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "tests/support/connection.h"
#include "tests/support/file_descriptor.h"
#include "tests/support/script.h"
#include "tests/support/traffic.h"

namespace test_support {

class TestServer {
 public:
  /// `address`: any of 127.0.0.0/8, so that several servers are several hosts, or 0.0.0.0 to be all of them.
  explicit TestServer(const std::string& address = "127.0.0.1") : TestServer(address, nullptr) {}
  /// `head`: the request's line and its headers.
  using Responder = std::function<Script(const std::string& target, const std::string& head)>;
  TestServer(const std::string& address, Responder responder);
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;
  ~TestServer();

  std::string url(std::string_view target) const;
  std::uint16_t port() const { return port_; }

  /// From now on `target` (path and query) is answered so, whatever its route.
  void answer(const std::string& target, const Answer& answer);
  /// From now on everything without an answer() of its own gets this status.
  void answer_all(int status);
  /// From now on a request is answered by 429 while there are more than so many, itself included.
  void refuse_above(std::size_t open_requests);

  const Traffic& traffic() const { return traffic_; }

 private:
  using Clock = Connection::Clock;
  struct Client {
    Client(FileDescriptor socket, Traffic& traffic) : connection(std::move(socket), traffic) {}
    Connection connection;
    bool waits_to_write = false;
    std::optional<Clock::time_point> wakes_at;
  };

  void serve();
  void accept_clients();
  void advance(int descriptor);
  void wake_due_clients();
  int milliseconds_to_next_due() const;
  void watch_writing(int descriptor, Client& client, bool wanted);
  void set_wake(int descriptor, Client& client, std::optional<Clock::time_point> at);
  void drop(int descriptor);
  Script script_to_play(const std::string& target) const;

  const Responder responder_;
  std::string address_;
  std::uint16_t port_ = 0;
  Traffic traffic_;  // before the clients, which tell it of their end

  mutable std::mutex answers_mutex_;
  std::unordered_map<std::string, Script> answers_;
  std::optional<Script> answer_to_all_;
  std::optional<std::size_t> most_at_once_;

  FileDescriptor listener_;
  FileDescriptor epoll_;
  FileDescriptor stop_;  // an eventfd
  std::unordered_map<int, std::unique_ptr<Client>> clients_;
  std::set<std::pair<Clock::time_point, int>> wakes_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace test_support
