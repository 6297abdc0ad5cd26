// SQLite's connection, statement and transaction as types that own what they hold.
//
//   Database database("crawl.db", Database::Access::read_write);
//   Transaction transaction(database);
//   Statement add(database, "INSERT INTO seen(url, status) VALUES (?, ?)");
//   add.run("http://example.com/", std::optional<int>(200));
//   transaction.commit();  // without it, the destructor rolls back
//
// Contract: a connection has no mutex: one thread at a time uses it and all that was made from it, and it
// outlives them. Text and octets are bound as views: for query() they outlive the Rows. A lock that another
// program holds is waited for as long as the Patience lasts. What fails throws DatabaseError. Source:
// https://www.sqlite.org/c3ref/intro.html
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "storage/patience.h"

namespace storage {

/// what() is a sentence for the user that says what to do.
class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(int code, const std::string& sentence) : std::runtime_error(sentence), code_(code) {}
  /// SQLite's extended result code.
  int code() const { return code_; }

 private:
  int code_;
};

class Database {
 public:
  enum class Access {
    read_write,  // the file is made if there is none
    read_only,   // the file exists
  };

  Database(const std::filesystem::path& file, Access access,
           std::shared_ptr<const Patience> patience = std::make_shared<Patience>());
  /// A temporary one, which goes with its connection.
  Database();

  /// Runs statements that return nothing worth reading.
  void execute(const std::string& sql);
  /// The file's absolute path.
  std::string file() const;
  /// Throws if the file is no longer where it was opened: SQLite would go on writing to what nobody can find.
  void check_in_place() const;
  const Patience& patience() const { return *lock_wait_->patience; }
  std::int64_t last_insert_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
  sqlite3* handle() const { return handle_.get(); }

 private:
  Database(const std::string& name, int flags, std::shared_ptr<const Patience> patience);

  struct Close {
    // The second version waits for statements that are still there.
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  struct LockWait {
    explicit LockWait(std::shared_ptr<const Patience> of_all) : patience(std::move(of_all)) {}
    std::shared_ptr<const Patience> patience;
    Patience::Clock::time_point began;
  };
  static int wait_for_lock(void* lock_wait, int waits) noexcept;

  std::unique_ptr<LockWait> lock_wait_;  // first: SQLite holds its address
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Octets, stored as a BLOB: text that need not be UTF-8.
struct Blob {
  std::string_view octets;
};

/// The rows of one execution; the destructor makes the statement ready for the next.
/// Columns count from 0; what text() returns lives until next().
class Rows {
 public:
  explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() { sqlite3_reset(statement_); }

  bool next();
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  bool is_integer(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_INTEGER; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  /// Of a BLOB its octets; of NULL nothing.
  std::string_view text(int column) const;

 private:
  sqlite3_stmt* statement_;
};

class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  /// Binds the values to the parameters 1, 2, … and starts. One execution at a time.
  template <class... Values>
  Rows query(const Values&... values) {
    int position = 0;
    (bind(++position, values), ...);
    return Rows(handle_.get());
  }

  /// Binds and runs to the end; returns how many rows it inserted, changed or deleted.
  template <class... Values>
  std::int64_t run(const Values&... values) {
    Rows rows = query(values...);
    while (rows.next()) {
    }
    return changes();
  }

 private:
  void bind(int position, std::nullptr_t);
  void bind(int position, std::string_view text);
  void bind(int position, Blob blob);
  void bind(int position, double value);
  void bind_integer(int position, std::int64_t value);
  void bind(int position, std::integral auto value) {
    bind_integer(position, static_cast<std::int64_t>(value));
  }
  template <class Value>
  void bind(int position, const std::optional<Value>& value) {
    if (value) {
      bind(position, *value);
    } else {
      bind(position, nullptr);
    }
  }
  std::int64_t changes() const;

  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// While it lives, statements fail once `has_ended` holds, which is asked every now and then as they run.
class Interruption {
 public:
  Interruption(const Database& database, std::function<bool()> has_ended);
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

 private:
  const Database& database_;
  std::function<bool()> has_ended_;
};

/// Takes the write lock at once, so that it never fails half way for another's lock. On a connection that
/// only reads, it holds one view of the database.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

 private:
  Database& database_;
};

}  // namespace storage
