#include "crawler/run_lock.h"

#include <utility>

#include "crawler/async/thread_pool.h"
#include "crawler/async/to_thread.h"

namespace crawler {

using async::Task;

RunLock::RunLock(std::filesystem::path database) : database_(std::move(database)) {}

Task<> RunLock::enter() {
  async::ThreadPool thread(1);
  held_ = co_await async::to_thread_of(thread, &storage::DatabaseLock::try_lock, database_);
  if (!held_) throw DatabaseInUse(database_.string() + " is in use by another run of crawl");
}

Task<> RunLock::exit(const std::exception_ptr&) {
  held_.reset();
  co_return;
}

}  // namespace crawler
