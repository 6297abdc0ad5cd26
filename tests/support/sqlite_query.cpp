#include "tests/support/sqlite_query.h"

#include <stdexcept>

#include <sqlite3.h>

namespace test_support {
namespace {

constexpr int kBusyTimeoutMs = 5000;

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

std::string text_of(sqlite3_stmt* statement, int column) {
  if (sqlite3_column_type(statement, column) == SQLITE_NULL) return "NULL";
  const void* bytes = sqlite3_column_blob(statement, column);
  const int size = sqlite3_column_bytes(statement, column);
  return bytes == nullptr ? "" : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

}  // namespace

void SqliteQuery::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

SqliteQuery::SqliteQuery(const std::filesystem::path& path) {
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
  database_.reset(opened);
  if (result != SQLITE_OK) throw std::runtime_error("cannot open " + path.string());
  sqlite3_busy_timeout(opened, kBusyTimeoutMs);
}

std::vector<std::vector<std::string>> SqliteQuery::rows(const std::string& sql) const {
  const auto failed = [&] { return std::runtime_error(sqlite3_errmsg(database_.get()) + (": " + sql)); };
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) throw failed();
  const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);

  std::vector<std::vector<std::string>> rows;
  int result = sqlite3_step(prepared);
  for (; result == SQLITE_ROW; result = sqlite3_step(prepared)) {
    std::vector<std::string>& row = rows.emplace_back();
    for (int column = 0; column < sqlite3_column_count(prepared); ++column)
      row.push_back(text_of(prepared, column));
  }
  if (result != SQLITE_DONE) throw failed();
  return rows;
}

std::string SqliteQuery::value(const std::string& sql) const {
  const auto found = rows(sql);
  if (found.size() != 1) throw std::runtime_error(std::to_string(found.size()) + " rows, not one: " + sql);
  return found.front().at(0);
}

}  // namespace test_support
