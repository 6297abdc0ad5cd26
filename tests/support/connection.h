// One client of the test server: collects requests and plays scripts on its socket.
//
//   if (!client.receive()) drop(client);
//   if (auto target = client.next_request()) client.start(script_for(*target));
//   client.play(now);  // again when the socket can be written, or at client.due()
//
// Contract: for the server's thread only; the socket is non-blocking and never raises SIGPIPE. The client's
// bytes are bounded by kMaxInput. Traffic must outlive the connection; it hears of everything that begins and
// ends here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "tests/support/file_descriptor.h"
#include "tests/support/script.h"
#include "tests/support/traffic.h"

namespace test_support {

class Connection {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kMaxInput = 256 * 1024;
  /// One play() sends about so much at most, so that an endless answer does not keep others waiting.
  static constexpr std::size_t kMaxTurn = 1024 * 1024;

  Connection(FileDescriptor socket, Traffic& traffic);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// False when the client is gone, or sends more than it may.
  bool receive();
  bool has_request() const { return !script_ && input_.find("\r\n\r\n") != std::string::npos; }
  /// The target of the next whole request, when no script is being played.
  std::optional<std::string> next_request();
  /// Of the last request: its line and its headers.
  const std::string& head() const { return head_; }
  void start(Script script);

  enum class Progress {
    idle,     // no script: waits for a request
    blocked,  // play again when the socket can be written
    waiting,  // play again at due()
    hanging,  // only the client can end it
    closed,   // to be dropped
  };
  Progress play(Clock::time_point now);
  Clock::time_point due() const { return due_; }

 private:
  Progress end_script();
  void end_request();

  FileDescriptor socket_;
  Traffic& traffic_;
  std::string input_;
  std::string head_;
  std::string target_;
  bool has_open_request_ = false;

  std::optional<Script> script_;
  std::size_t step_ = 0;
  std::uint64_t times_sent_ = 0;
  std::size_t offset_ = 0;
  bool has_waited_ = false;
  Clock::time_point due_;
};

}  // namespace test_support
