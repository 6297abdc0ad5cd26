#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
  return lines;
}

/// The records of a CSV file, as RFC 4180 has them.
std::vector<std::vector<std::string>> records_of(const std::string& csv) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '"' && is_quoted && csv.substr(i + 1, 1) == "\"")
      record.back() += csv[++i];
    else if (c == '"')
      is_quoted = !is_quoted;
    else if (c == ',' && !is_quoted)
      record.emplace_back();
    else if (c == '\r' && !is_quoted)
      records.push_back(std::exchange(record, {}));
    else if (c == '\n' && !is_quoted)
      record.emplace_back();
    else
      record.back() += c;
  }
  return records;
}

class ExportCommand : public CrawlTest {
 protected:
  std::string exported(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"export", "crawl.db"});
    const Result result = crawl(std::move(arguments));
    EXPECT_THAT(result, ExitsWith(0));
    EXPECT_EQ(result.err, "");
    return result.out;
  }
  std::string file(const std::string& name) const {
    std::ifstream stream(dir_.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  bool has_file(const std::string& begin) const {
    for (const fs::directory_entry& entry : fs::directory_iterator(dir_.path()))
      if (entry.path().filename().string().starts_with(begin)) return true;
    return false;
  }
  void change(const std::string& sql) {
    sqlite3* database = nullptr;
    const int opened = sqlite3_open((dir_.path() / "crawl.db").c_str(), &database);
    const int done =
        opened == SQLITE_OK ? sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) : opened;
    sqlite3_close(database);
    if (done != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(done));
  }
  /// Some 200 MB of text.
  void make_large_database() {
    ASSERT_THAT(crawl({server_.url("/page/1")}), ExitsWith(0));
    change(
        "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        "INSERT INTO page_row(id, url, depth, attempts, run_id, checked_at)"
        " SELECT i, 'http://a/' || i, 0, 1, 1, 't' FROM n;"
        "INSERT INTO page_body(id, text) SELECT id, replace(hex(zeroblob(10000)), '00', 'some \"text\"')"
        " FROM page_row WHERE id > 1");
  }
  Result shell(const std::string& script) {
    test_support::Process process(
        {.program = "/bin/sh", .arguments = {"-c", script, CRAWL_PROGRAM}, .directory = dir_.path()});
    return finish(process);
  }
};

TEST_F(ExportCommand, WritesALineAPage) {
  list({"/page/7", "/status/404", "/reset"});
  crawl({"--retries", "0", "--sequential", "urls.txt"});
  const std::vector<json> pages = lines_of(exported());
  ASSERT_EQ(pages.size(), 3U);
  EXPECT_EQ(pages[1]["status"], 404);
  EXPECT_EQ(pages[2]["status"], nullptr);
  const json& page = pages[0];
  EXPECT_EQ(page["url"], server_.url("/page/7"));
  EXPECT_EQ(page["title"], "Page 7");
  EXPECT_THAT(page["headers"].get<std::string>(), HasSubstr("Content-Type: text/html"));
  EXPECT_EQ(page["hops"], json::array());
  EXPECT_EQ(page["run_id"], 1);
  EXPECT_FALSE(page.contains("body") || page.contains("id") || page.contains("links"));
}

TEST_F(ExportCommand, WritesTheLinksWhenAsked) {
  list({"/page/1"});
  crawl({"--store", "links", "urls.txt"});
  const std::vector<json> pages = lines_of(exported({"--links"}));
  ASSERT_EQ(pages.at(0)["links"].size(), 3U);
  EXPECT_THAT(pages[0]["links"][0]["url"].get<std::string>(), StartsWith("http"));
}

TEST_F(ExportCommand, WritesCsvThatHoldsTheSame) {
  list(numbered("/page/", 20));
  crawl({"urls.txt"});
  const std::vector<json> pages = lines_of(exported());
  const auto records = records_of(exported({"--format", "csv"}));
  ASSERT_EQ(records.size(), pages.size() + 1);
  for (std::size_t row = 0; row < pages.size(); ++row) {
    ASSERT_EQ(records[row + 1].size(), records[0].size());
    for (std::size_t column = 0; column < records[0].size(); ++column) {
      const json& value = pages[row].at(records[0][column]);
      const std::string expected = value.is_null()     ? ""
                                   : value.is_string() ? value.get<std::string>()
                                                       : value.dump();
      EXPECT_EQ(records[row + 1][column], expected) << records[0][column];
    }
  }
}

TEST_F(ExportCommand, WritesARowAnItem) {
  crawl({server_.url("/page/1")});
  change(R"(UPDATE page_row SET fields = '[{"name":"a","price":1},{"name":"b"}]')");
  const std::string url = server_.url("/page/1");
  EXPECT_EQ(exported({"--each"}), R"({"url":")" + url + R"(","name":"a","price":1})" + "\n" + R"({"url":")" +
                                      url + R"(","name":"b"})" + "\n");
  EXPECT_THAT(records_of(exported({"--each", "--format", "csv"})),
              ElementsAre(ElementsAre("url", "name", "price"), ElementsAre(url, "a", "1"),
                          ElementsAre(url, "b", "")));
}

TEST_F(ExportCommand, PutsAFileInPlaceWhenItIsWhole) {
  crawl({server_.url("/page/1")});
  write("pages.jsonl", "old");
  EXPECT_EQ(exported({"-o", "pages.jsonl"}), "");
  EXPECT_EQ(file("pages.jsonl"), exported());
  EXPECT_FALSE(has_file("pages.jsonl."));
}

TEST_F(ExportCommand, WritesToADeviceWithoutReplacingIt) {
  crawl({server_.url("/page/1")});
  fs::create_symlink("/dev/stdout", dir_.path() / "out");
  EXPECT_EQ(exported({"-o", "out"}), exported());
  EXPECT_TRUE(fs::is_symlink(dir_.path() / "out"));
}

TEST_F(ExportCommand, LeavesTheOldFileWhereTheDiskIsFull) {
  make_large_database();
  write("pages.jsonl", "old");
  const Result result =
      run({.arguments = {"export", "crawl.db", "-o", "pages.jsonl"}, .file_size_limit = 8'000'000});
  EXPECT_THAT(result, ExitsWith(3));
  EXPECT_THAT(result.err, HasSubstr("pages.jsonl"));
  EXPECT_EQ(file("pages.jsonl"), "old");
  EXPECT_FALSE(has_file("pages.jsonl."));
}

TEST_F(ExportCommand, EndsOnASignalAndLeavesNothingBehind) {
  make_large_database();
  for (int tries = 1;; ++tries) {
    test_support::Process process = start({"export", "crawl.db", "-o", "pages.jsonl"});
    ASSERT_TRUE(eventually([&] { return has_file("pages.jsonl"); }));
    process.signal(SIGINT);
    const Result result = finish(process);
    if (result.exit_code == 0 && tries < 10) continue;  // it was faster
    EXPECT_THAT(result, ExitsWith(130));
    EXPECT_EQ(result.err, "");
    break;
  }
  EXPECT_FALSE(has_file("pages.jsonl."));
}

TEST_F(ExportCommand, EndsWithoutAWordWhenNobodyReadsOn) {
  make_large_database();
  const Result result = shell("{ \"$0\" export crawl.db; echo $? >code; } | head -c 5");
  EXPECT_EQ(result.out, "{\"url");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(file("code"), "141\n");
}

TEST_F(ExportCommand, TakesLittleMemoryForManyPages) {
  if (is_sanitized()) GTEST_SKIP() << "a sanitizer needs address space of its own";
  make_large_database();
  for (const std::string options : {"", "--links", "--format csv"})
    EXPECT_THAT(shell("ulimit -v 200000 && \"$0\" export crawl.db " + options + " >/dev/null"), ExitsWith(0))
        << options;
}

TEST_F(ExportCommand, SeesWholePagesWhileACrawlRuns) {
  list(numbered("/delay/10/page/", 200));
  test_support::Process running = start({"-c", "5", "urls.txt"});
  ASSERT_TRUE(eventually([&] { return value("SELECT count(*) FROM page") != "0"; }));
  std::size_t before = 0;
  while (!running.wait(1ms)) {
    const std::size_t pages = lines_of(exported()).size();
    EXPECT_GE(pages, before);
    before = pages;
    exported({"--format", "csv"});
  }
  EXPECT_THAT(finish(running), ExitsWith(0));
  EXPECT_EQ(lines_of(exported()).size(), 200U);
}

TEST_F(ExportCommand, NeedsADatabaseOfACrawl) {
  write("empty.db", "");
  write("notes.txt", std::string(10'000, 't'));
  fs::create_directory(dir_.path() / "folder");
  for (const std::string name : {"missing.db", "empty.db", "notes.txt", "folder"}) {
    const Result result = crawl({"export", name, "-o", "pages.jsonl"});
    EXPECT_THAT(result, ExitsWith(2));
    EXPECT_THAT(result.err, HasSubstr(name));
    EXPECT_EQ(result.out, "");
    EXPECT_FALSE(has_file("pages.jsonl"));
  }
  EXPECT_FALSE(has_file("missing.db"));
}

TEST_F(ExportCommand, RefusesADatabaseOfANewerVersionAndOfAnotherApplication) {
  crawl({server_.url("/page/1")});
  change("PRAGMA user_version = 1000");
  EXPECT_THAT(crawl({"export", "crawl.db"}), ExitsWith(2));
  change("PRAGMA application_id = 1");
  EXPECT_THAT(crawl({"export", "crawl.db"}), ExitsWith(2));
}

TEST_F(ExportCommand, DoesNotReplaceADatabase) {
  crawl({server_.url("/page/1")});
  const Result result = crawl({"export", "crawl.db", "-o", "crawl.db"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr("would replace"));
  EXPECT_EQ(lines_of(exported()).size(), 1U);
}

}  // namespace
}  // namespace e2e
