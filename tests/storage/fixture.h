// A database of a test's own, and rows to put into it.
//
//   class PageStoreTest : public DatabaseTest {};
//   commit(answered("http://a/", "digest"));
//   EXPECT_EQ(value("SELECT title FROM page"), "…");
//
// Contract: value() and rows() look from outside, with a connection of their own, as a user's sqlite3 does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/page_store.h"
#include "storage/run_store.h"
#include "storage/schema.h"
#include "tests/support/sqlite_query.h"
#include "tests/support/temp_dir.h"

namespace storage {

inline PageOutcome answered(std::string url, std::string digest = "d1", std::string at = "t1") {
  PageOutcome page{.url = std::move(url), .status = 200, .error = {}, .attempts = 1, .at = std::move(at)};
  page.content = Content{.final_url = page.url, .title = "title", .digest = std::move(digest)};
  return page;
}

inline PageOutcome failed(std::string url, std::string error, std::string at = "t2") {
  return {.url = std::move(url), .error = std::move(error), .attempts = 3, .at = std::move(at)};
}

/// A whole response that is no good answer: 404, 500, 304.
inline PageOutcome refused(std::string url, int status, std::string at = "t2") {
  return {.url = std::move(url), .status = status, .error = {}, .attempts = 1, .at = std::move(at)};
}

/// What opening or writing said, or an empty string if nothing failed.
inline std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error.what();
  }
  return {};
}

class DatabaseTest : public testing::Test {
 protected:
  using Run = storage::Run;  // the base has a function of this name

  std::filesystem::path path() const { return dir_.path() / "crawl.db"; }
  std::filesystem::path path(const char* name) const { return dir_.path() / name; }

  void commit(PageOutcome page, std::int64_t run_id = 1) {
    Batch batch;
    batch.pages.push_back(std::move(page));
    store_.commit(batch, run_id);
  }
  std::string value(const std::string& sql) const { return test_support::SqliteQuery(path()).value(sql); }
  std::vector<std::vector<std::string>> rows(const std::string& sql) const {
    return test_support::SqliteQuery(path()).rows(sql);
  }

 private:
  test_support::TempDir dir_;

 protected:
  Database database_ = open_database(path());
  PageStore store_{database_};
  RunStore runs_{database_};
};

}  // namespace storage
