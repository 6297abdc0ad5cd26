#include "tests/e2e/crawl_test.h"

#include <exception>
#include <thread>
#include <utility>

namespace e2e {

using test_support::Command;
using test_support::Process;
using test_support::SqliteQuery;

void PrintTo(const Result& result, std::ostream* stream) {
  if (result.exit_code) {
    *stream << "exit code " << *result.exit_code;
  } else {
    *stream << "did not end";
  }
  constexpr std::size_t kShown = 2000;
  *stream << " after " << result.wall.count() << " ms\nstdout: " << result.out.substr(0, kShown)
          << "\nstderr: " << result.err.substr(0, kShown);
}

std::vector<std::string> numbered(const std::string& prefix, int count) {
  std::vector<std::string> paths;
  for (int number = 1; number <= count; ++number) paths.push_back(prefix + std::to_string(number));
  return paths;
}

std::string lines_of(const test_support::TestServer& server, const std::vector<std::string>& paths) {
  std::string lines;
  for (const std::string& path : paths) lines += server.url(path) + "\n";
  return lines;
}

void CrawlTest::list(const std::vector<std::string>& paths) { write("urls.txt", lines_of(server_, paths)); }

void CrawlTest::write(const std::string& name, std::string_view bytes) {
  test_support::write_file(dir_.path() / name, bytes);
}

Process CrawlTest::start(std::vector<std::string> arguments) {
  return Process({.program = CRAWL_PROGRAM, .arguments = std::move(arguments), .directory = dir_.path()});
}

Result CrawlTest::crawl(std::vector<std::string> arguments) {
  return run({.arguments = std::move(arguments)});
}

Result CrawlTest::run(Command command) {
  command.program = CRAWL_PROGRAM;
  command.directory = dir_.path();
  Process process(command);
  process.close_stdin();
  return finish(process);
}

Result CrawlTest::finish(Process& process) {
  const auto start = std::chrono::steady_clock::now();
  Result result{.exit_code = process.wait(kLongestRun), .out = {}, .err = {}};
  const auto now = std::chrono::steady_clock::now();
  result.wall = std::chrono::duration_cast<std::chrono::milliseconds>(now - start);
  result.out = process.out();
  result.err = process.err();
  return result;
}

std::string CrawlTest::value(const std::string& sql, const std::string& database) const {
  return SqliteQuery(dir_.path() / database).value(sql);
}

std::vector<std::vector<std::string>> CrawlTest::rows(const std::string& sql) const {
  return SqliteQuery(dir_.path() / "crawl.db").rows(sql);
}

std::string CrawlTest::page(const std::string& column, const std::string& path) const {
  return value("SELECT " + column + " FROM page WHERE url = '" + server_.url(path) + "'");
}

void CrawlTest::expect_cancelled_and_left(const std::vector<std::string>& unanswered,
                                          std::size_t listed) const {
  for (const std::string& path : unanswered) {
    if (requests_for(path) == 0) continue;
    EXPECT_EQ(page("error || ' ' || ifnull(status, '-')", path), "cancelled -") << path;
  }
  EXPECT_EQ(value("SELECT (SELECT count(*) FROM page) + left FROM run"), std::to_string(listed));
  EXPECT_NE(value("SELECT left FROM run"), "0");
}

bool CrawlTest::server_sees(const std::function<bool(const Counts&)>& holds) const {
  return server_.traffic().wait_until(holds, 10s);
}

bool eventually(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (std::chrono::steady_clock::now() < deadline) {
    try {
      if (holds()) return true;
    } catch (const std::exception&) {
      // Not there yet: a database that is just being made has no tables.
    }
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

}  // namespace e2e
