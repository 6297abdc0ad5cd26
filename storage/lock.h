// Keeps a second run off a database.
//
//   std::optional<DatabaseLock> lock = DatabaseLock::try_lock("crawl.db");
//   if (!lock) return 4;  // another run holds it
//
// Contract: the lock is an flock(2) on "crawl.db.lock", held until the object or the process dies, however it
// dies. The file stays: removing it would let two runs lock two files of one name. It is never the database
// itself: closing a second descriptor of that would drop SQLite's own locks. Names that lead to the same
// database through symbolic links share a lock. Throws DatabaseError if the file cannot be made.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

namespace storage {

class DatabaseLock {
 public:
  /// Nothing if another process, or another DatabaseLock, holds it.
  static std::optional<DatabaseLock> try_lock(const std::filesystem::path& database);

  DatabaseLock(DatabaseLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DatabaseLock& operator=(DatabaseLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~DatabaseLock();

 private:
  explicit DatabaseLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace storage
