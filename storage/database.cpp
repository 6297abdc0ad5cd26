#include "storage/database.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace storage {
namespace {

// SQLite folds what the system said into few codes; the system's own number tells a full quota from a bad
// disk.
std::string describe(int code, int system_error, const std::string& file, const char* detail) {
  if (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG) code = SQLITE_FULL;
  const auto reason = [&] {
    return system_error != 0 ? std::generic_category().message(system_error) : std::string(detail);
  };
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return file + " is not a SQLite database: name another file";
    case SQLITE_FULL:
      return "the disk is full and " + file + " cannot grow: free some space, then go on with --resume";
    case SQLITE_CANTOPEN:
      return "cannot open " + file + ": " + reason();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program keeps " + file + " locked: close it there and try again";
    case SQLITE_READONLY:
      if (code == SQLITE_READONLY_DIRECTORY || code == SQLITE_READONLY_CANTINIT)
        return "cannot read " + file +
               ": this takes files beside it, and its directory is read-only for this user: copy it to "
               "another";
      [[fallthrough]];
    case SQLITE_PERM:
      return "cannot write to " + file + ": it is read-only for this user";
    case SQLITE_CORRUPT:
      return file +
             " is damaged: save what is readable with the .recover command of sqlite3, and name another "
             "file";
    case SQLITE_IOERR:
      return "reading or writing " + file + " failed: " + reason();
    default:
      return file + ": " + detail;
  }
}

[[noreturn]] void fail(sqlite3* database, const std::string& file) {
  const int code = sqlite3_extended_errcode(database);
  // Only these two record it; for others it is a leftover of an earlier call.
  const bool names_system_error = (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_IOERR;
  throw DatabaseError(code, describe(code, names_system_error ? sqlite3_system_errno(database) : 0, file,
                                     sqlite3_errmsg(database)));
}

[[noreturn]] void fail(sqlite3* database) { fail(database, sqlite3_db_filename(database, "main")); }

void check(int code, sqlite3_stmt* statement) {
  if (code != SQLITE_OK) fail(sqlite3_db_handle(statement));
}

// SQLite takes a null pointer for NULL, and an empty view may hold one.
const char* data_of(std::string_view view) { return view.empty() ? "" : view.data(); }

}  // namespace

int Database::wait_for_lock(void* lock_wait, int waits) noexcept {
  auto& wait = *static_cast<LockWait*>(lock_wait);
  if (waits == 0) wait.began = Patience::Clock::now();
  if (wait.patience->is_over(wait.began)) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds(std::min(waits + 1, 25)));
  return 1;
}

Database::Database(const std::filesystem::path& file, Access access, std::shared_ptr<const Patience> patience)
    // An absolute path has no second meaning, as ":memory:" would.
    : Database(
          std::filesystem::absolute(file).native(),
          access == Access::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY,
          std::move(patience)) {
  // A file that may not be written is opened for reading without a word.
  if (access == Access::read_write && sqlite3_db_readonly(handle(), "main") == 1)
    throw DatabaseError(SQLITE_READONLY, describe(SQLITE_READONLY, 0, this->file(), ""));
}

Database::Database()
    : Database("", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, std::make_shared<Patience>()) {}

Database::Database(const std::string& name, int flags, std::shared_ptr<const Patience> patience)
    : lock_wait_(std::make_unique<LockWait>(std::move(patience))) {
  // Once, before SQLite starts: nobody asks how much memory it has, and to count it takes a lock each time.
  static const int without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(without_statistics);
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nullptr);
  handle_.reset(handle);
  if (handle == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) fail(handle, name);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_handler(handle, &Database::wait_for_lock, lock_wait_.get());
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(handle());
}

std::string Database::file() const { return sqlite3_db_filename(handle(), "main"); }

void Database::check_in_place() const {
  if (file().empty()) return;  // nobody sees it
  int has_moved = 0;
  sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (has_moved == 0) return;
  throw DatabaseError(SQLITE_READONLY_DBMOVED,
                      file() + " was moved, deleted or replaced while it was written to");
}

bool Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail(sqlite3_db_handle(statement_));
  return code == SQLITE_ROW;
}

std::string_view Rows::text(int column) const {
  // Asked for in this order: the pointer first, then its length.
  const void* data = sqlite3_column_type(statement_, column) == SQLITE_BLOB
                         ? sqlite3_column_blob(statement_, column)
                         : sqlite3_column_text(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(data), size);
}

Statement::Statement(const Database& database, std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(database.handle());
}

void Statement::bind(int position, std::nullptr_t) {
  check(sqlite3_bind_null(handle_.get(), position), handle_.get());
}

void Statement::bind(int position, std::string_view text) {
  check(sqlite3_bind_text64(handle_.get(), position, data_of(text), text.size(), SQLITE_STATIC, SQLITE_UTF8),
        handle_.get());
}

void Statement::bind(int position, Blob blob) {
  check(sqlite3_bind_blob64(handle_.get(), position, data_of(blob.octets), blob.octets.size(), SQLITE_STATIC),
        handle_.get());
}

void Statement::bind(int position, double value) {
  check(sqlite3_bind_double(handle_.get(), position, value), handle_.get());
}

void Statement::bind_integer(int position, std::int64_t value) {
  check(sqlite3_bind_int64(handle_.get(), position, value), handle_.get());
}

std::int64_t Statement::changes() const { return sqlite3_changes64(sqlite3_db_handle(handle_.get())); }

Interruption::Interruption(const Database& database, std::function<bool()> has_ended)
    : database_(database), has_ended_(std::move(has_ended)) {
  constexpr int steps = 100'000;  // of SQLite's virtual machine: some milliseconds
  sqlite3_progress_handler(
      database_.handle(), steps,
      [](void* has) { return (*static_cast<std::function<bool()>*>(has))() ? 1 : 0; }, &has_ended_);
}

Interruption::~Interruption() { sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr); }

Transaction::Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  // Committed already, or rolled back by SQLite itself after a failure such as a full disk.
  if (sqlite3_get_autocommit(database_.handle()) != 0) return;
  // What it returns is of no use: the connection's next BEGIN would tell.
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() { database_.execute("COMMIT"); }

}  // namespace storage
