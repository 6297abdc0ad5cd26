// The words that end-to-end tests are written in: a directory, a web server, and the program run in that
// directory.
//
//   TEST_F(List, EndsEachPageAsOneRow) {
//     list(numbered("/page/", 300));
//     EXPECT_THAT(crawl({"-c", "20", "urls.txt"}), ExitsWith(0));
//     EXPECT_EQ(value("SELECT count(*) FROM page"), "300");
//   }
//
// Contract: each test has its own server and directory; the program runs with that directory as its own, so
// that "urls.txt" and the default database "crawl.db" lie there. A program that does not end is killed and
// fails the test.
#pragma once

#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"
#include "tests/support/sqlite_query.h"
#include "tests/support/temp_dir.h"
#include "tests/support/test_server.h"

namespace e2e {

using namespace std::chrono_literals;
using test_support::Counts;

/// How the program ended. `exit_code` is none when it had to be killed.
struct Result {
  std::optional<int> exit_code;
  std::string out;
  std::string err;
  std::chrono::milliseconds wall{0};
};
void PrintTo(const Result& result, std::ostream* stream);

MATCHER_P(ExitsWith, code, "") { return arg.exit_code == code; }

/// {"/page/1", "/page/2", …}
std::vector<std::string> numbered(const std::string& prefix, int count);
/// The URLs of these paths, one a line.
std::string lines_of(const test_support::TestServer& server, const std::vector<std::string>& paths);

class CrawlTest : public testing::Test {
 protected:
  static constexpr std::chrono::milliseconds kLongestRun = 50s;

  /// Writes urls.txt, a line for each path of the server.
  void list(const std::vector<std::string>& paths);
  void write(const std::string& name, std::string_view bytes);

  Result crawl(std::vector<std::string> arguments);
  Result run(test_support::Command command);
  test_support::Process start(std::vector<std::string> arguments);
  /// Waits for its end.
  Result finish(test_support::Process& process);

  std::string value(const std::string& sql, const std::string& database = "crawl.db") const;
  std::vector<std::vector<std::string>> rows(const std::string& sql) const;
  /// The column of the page that was listed as `path`.
  std::string page(const std::string& column, const std::string& path) const;

  bool server_sees(const std::function<bool(const Counts&)>& holds) const;
  std::size_t requests_for(const std::string& path) const { return server_.traffic().of(path).requests(); }

  /// Each path that the server was asked for and did not answer ended as 'cancelled', and each listed URL as
  /// a row or in run.left, which is not empty.
  void expect_cancelled_and_left(const std::vector<std::string>& unanswered, std::size_t listed) const;

  test_support::TempDir dir_;
  test_support::TestServer server_;
};

/// Polls until it holds; false after 20 s. For what no one can wait on, as a row in another process's
/// database.
bool eventually(const std::function<bool()>& holds);

/// Whether the program was built so that its memory and speed say nothing about a release.
constexpr bool is_sanitized() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#elif defined(__has_feature)
  return __has_feature(address_sanitizer);
#else
  return false;
#endif
}

}  // namespace e2e
