#include "storage/lock.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include "storage/database.h"

namespace storage {
namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path) {
  const int system_error = errno;
  throw DatabaseError(SQLITE_CANTOPEN,
                      what + path.native() + ": " + std::generic_category().message(system_error));
}

}  // namespace

std::optional<DatabaseLock> DatabaseLock::try_lock(const std::filesystem::path& database) {
  std::error_code unresolved;
  auto path = std::filesystem::weakly_canonical(database, unresolved);
  // Left to open(), which names the reason.
  if (unresolved) path = database;
  path += ".lock";
  // For writing, because NFS grants an exclusive lock to no other descriptor.
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) fail("cannot make the lock file ", path);
  DatabaseLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return std::nullopt;
  fail("cannot lock ", path);
}

DatabaseLock::~DatabaseLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace storage
