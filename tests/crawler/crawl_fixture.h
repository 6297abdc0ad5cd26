// The words that tests of a whole crawl are written in: a list, a web server, a database, and what the crawl
// is to go through meanwhile.
//
//   list("/page/", 20);
//   EXPECT_EQ(crawl(), 0);
//   EXPECT_EQ(count("page WHERE status = 200"), "20");
//
// Contract: each test has its own of all of them; crawl() runs a loop of its own, with the options as they
// are then, and gives the exit code.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/run.h"
#include "crawler/async/spawn.h"
#include "crawler/crawl.h"
#include "storage/database.h"
#include "tests/crawler/source_files.h"
#include "tests/crawler/until.h"
#include "tests/support/sqlite_query.h"
#include "tests/support/temp_dir.h"
#include "tests/support/test_server.h"

namespace crawler {

class CrawlTest : public testing::Test {
 protected:
  CrawlTest() {
    setenv("no_proxy", "*", 1);
    config_.database = dir_.path() / "crawl.db";
    config_.sources = {list_};
  }

  void list(const std::string& text) { test_support::write_file(list_, text); }
  /// A line for each number from 1.
  void list(const std::string& prefix, int count) {
    std::string text;
    for (int i = 1; i <= count; ++i) text += url(prefix + std::to_string(i)) + "\n";
    list(text);
  }
  std::string url(const std::string& path) const { return server_.url(path); }

  int crawl() {
    report_ = RunReport();
    outcome_ = async::run(crawler::crawl(config_, report_));
    return outcome_.exit_code(report_, config_.max_failed);
  }
  /// Runs `body` beside the crawl, and ends when both have.
  int crawl_beside(std::function<async::Task<>()> body) {
    report_ = RunReport();
    const auto both = [&]() -> async::Task<> {
      async::TaskHandle<RunOutcome> crawling = async::spawn(crawler::crawl(config_, report_));
      co_await body();
      outcome_ = co_await crawling;
    };
    async::run(both());
    return outcome_.exit_code(report_, config_.max_failed);
  }

  std::string value(const std::string& sql) const {
    return test_support::SqliteQuery(config_.database).value(sql);
  }
  std::string count(const std::string& what) const { return value("SELECT count(*) FROM " + what); }
  bool has_begun() const {
    try {
      return count("run") != "0";
    } catch (const std::runtime_error&) {
      return false;
    }
  }
  test_support::Counts traffic() const { return server_.traffic().counts(); }
  void expect_all_accounted_for(std::int64_t lines) {
    EXPECT_EQ(report_.listed() + report_.cancelled + report_.done_before + report_.left, lines);
    EXPECT_EQ(value("SELECT \"left\" FROM run ORDER BY id DESC LIMIT 1"), std::to_string(report_.left));
  }

  test_support::TempDir dir_;
  test_support::TestServer server_;
  std::filesystem::path list_ = dir_.path() / "urls.txt";
  Config config_;
  RunReport report_;
  RunOutcome outcome_;
};

/// Another program's write transaction.
class HeldDatabase {
 public:
  explicit HeldDatabase(const std::filesystem::path& path)
      : database_(path, storage::Database::Access::read_write), transaction_(database_) {}

 private:
  storage::Database database_;
  storage::Transaction transaction_;
};

}  // namespace crawler
