// What a test server has seen so far: how much, of which path, when, and how much at once.
//
//   traffic.wait_until([](const Counts& now) { return now.open_requests == 20; }, 5s);
//   traffic.of("/page/7").requests();
//
// Contract: for any thread. A request is open from its last header byte until just before the last byte of
// its answer is handed to the kernel (a client that saw the answer has no open request), or until its
// connection is gone.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace test_support {

struct Counts {
  std::size_t requests = 0;
  std::size_t open_requests = 0;
  std::size_t max_open_requests = 0;
  std::size_t connections = 0;
  std::size_t open_connections = 0;
};

/// One path, with its query, as it stood in the request line.
struct PathLog {
  std::vector<std::chrono::steady_clock::time_point> asked_at;
  std::chrono::steady_clock::time_point last_ended_at;
  std::string last_head;  // request line and headers

  std::size_t requests() const { return asked_at.size(); }
};

class Traffic {
 public:
  Counts counts() const;
  PathLog of(const std::string& path) const;

  /// Whether `holds` came true before `limit` was over.
  bool wait_until(const std::function<bool(const Counts&)>& holds, std::chrono::milliseconds limit) const;

  void connection_opened();
  void connection_closed();
  void request_began(const std::string& path, std::string head);
  void request_ended(const std::string& path);

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Counts counts_;
  std::unordered_map<std::string, PathLog> paths_;
};

}  // namespace test_support
