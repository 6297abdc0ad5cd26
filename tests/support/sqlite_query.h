// A look into a database from outside, as with the sqlite3 shell.
//
//   SqliteQuery database("crawl.db");
//   EXPECT_EQ(database.value("SELECT count(*) FROM page"), "300");
//   for (const auto& row : database.rows("SELECT url, status FROM page")) …
//
// Contract: read-only, for one thread, at any time while others write. NULL comes as "NULL". Errors throw
// std::runtime_error with SQLite's message and the query.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;

namespace test_support {

class SqliteQuery {
 public:
  explicit SqliteQuery(const std::filesystem::path& path);

  std::vector<std::vector<std::string>> rows(const std::string& sql) const;
  /// The first column of the only row; throws when there is not exactly one.
  std::string value(const std::string& sql) const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace test_support
