#include "tests/support/traffic.h"

#include <algorithm>
#include <utility>

namespace test_support {

Counts Traffic::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

PathLog Traffic::of(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto found = paths_.find(path);
  return found == paths_.end() ? PathLog{} : found->second;
}

bool Traffic::wait_until(const std::function<bool(const Counts&)>& holds,
                         std::chrono::milliseconds limit) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, limit, [&] { return holds(counts_); });
}

void Traffic::connection_opened() {
  const std::lock_guard lock(mutex_);
  ++counts_.connections;
  ++counts_.open_connections;
  changed_.notify_all();
}

void Traffic::connection_closed() {
  const std::lock_guard lock(mutex_);
  --counts_.open_connections;
  changed_.notify_all();
}

void Traffic::request_began(const std::string& path, std::string head) {
  const std::lock_guard lock(mutex_);
  ++counts_.requests;
  ++counts_.open_requests;
  counts_.max_open_requests = std::max(counts_.max_open_requests, counts_.open_requests);
  PathLog& log = paths_[path];
  log.asked_at.push_back(std::chrono::steady_clock::now());
  log.last_head = std::move(head);
  changed_.notify_all();
}

void Traffic::request_ended(const std::string& path) {
  const std::lock_guard lock(mutex_);
  --counts_.open_requests;
  paths_[path].last_ended_at = std::chrono::steady_clock::now();
  changed_.notify_all();
}

}  // namespace test_support
