// Keeps other runs off a database for as long as this one has anything to do with it.
//
//   co_await async_with(RunLock(path), [&](RunLock&) -> Task<> {
//     co_await async_with(DatabaseSession(path, run_start), …);
//   });
//
// Contract: enter() throws DatabaseInUse if another run holds the lock, and storage::DatabaseError if its
// file cannot be made; exit() gives it back. The file system is touched on a thread. Source: storage/lock.h
#pragma once

#include <exception>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "crawler/async/task.h"
#include "storage/lock.h"

namespace crawler {

class DatabaseInUse : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class RunLock {
 public:
  explicit RunLock(std::filesystem::path database);

  async::Task<> enter();
  async::Task<> exit(const std::exception_ptr& error);

 private:
  std::filesystem::path database_;
  std::optional<storage::DatabaseLock> held_;
};

}  // namespace crawler
