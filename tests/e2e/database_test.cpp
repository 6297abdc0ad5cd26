#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Database = CrawlTest;
using testing::HasSubstr;
using testing::MatchesRegex;

TEST_F(Database, HoldsWhatIsKnownOfAPage) {
  list({"/page/7"});
  crawl({"urls.txt"});
  EXPECT_EQ(page("title", "/page/7"), "Page 7");
  EXPECT_EQ(page("description", "/page/7"), "The page 7");
  EXPECT_EQ(page("lang", "/page/7"), "en");
  EXPECT_EQ(page("lower(charset)", "/page/7"), "utf-8");
  EXPECT_THAT(page("content_type", "/page/7"), testing::StartsWith("text/html"));
  EXPECT_THAT(page("text", "/page/7"), HasSubstr("This is the text of page 7."));
  EXPECT_EQ(page("link_count", "/page/7"), "3");
  EXPECT_EQ(page("attempts", "/page/7"), "1");
  EXPECT_THAT(page("digest", "/page/7"), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_THAT(page("headers", "/page/7"), HasSubstr("Content-Type: text/html"));
  EXPECT_THAT(page("fetched_at", "/page/7"), MatchesRegex("20[0-9-]+T[0-9:.]+Z"));
}

TEST_F(Database, KeepsTheBodyOnlyWhenAsked) {
  list({"/binary"});
  crawl({"urls.txt"});
  EXPECT_EQ(page("ifnull(body, 'none')", "/binary"), "none");
  crawl({"--store", "body", "urls.txt"});
  EXPECT_EQ(page("hex(substr(body, 1, 4)) || ' ' || length(body) || ' ' || body_size", "/binary"),
            "00010203 512 512");
}

TEST_F(Database, KeepsTheLinksWhenAsked) {
  list({"/page/1", "/page/2"});
  crawl({"--store", "links", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM link"), "6");
  EXPECT_EQ(value("SELECT page.title FROM link JOIN page ON page.url = link.url WHERE link.text = 'Page 2'"),
            "Page 2");
}

TEST_F(Database, TakesPagesInAnyEncoding) {
  const std::vector<std::pair<std::string, std::string>> titles = {
      {"shift_jis", "日本"}, {"euc-jp", "日本"}, {"gbk", "中文"},           {"big5", "中文"},
      {"euc-kr", "한국"},    {"koi8-r", "Мир"},  {"windows-1252", "café €"}};
  std::vector<std::string> paths;
  for (const auto& [label, title] : titles) paths.push_back("/charset/" + label);
  list(paths);
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  for (const auto& [label, title] : titles) EXPECT_EQ(page("title", "/charset/" + label), title) << label;
}

TEST_F(Database, HasARowForPagesThatAreNoHtml) {
  list({"/binary", "/empty", "/no-content-type", "/large/1000"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "4");
  EXPECT_EQ(page("body_size", "/empty"), "0");
  EXPECT_EQ(page("length(text)", "/large/1000"), "1000");
  EXPECT_EQ(page("text", "/binary"), "NULL");
}

TEST_F(Database, HasARowForEachFetch) {
  list({"/delay/100/page/1", "/reset"});
  crawl({"--retries", "1", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM fetch WHERE kind = 'page' AND run_id = 1 AND started_ms >= 0"), "3");
  const double ttfb_ms = std::stod(value("SELECT ttfb_ms FROM fetch WHERE status = 200"));
  EXPECT_GE(ttfb_ms, 99);
  EXPECT_GE(std::stod(value("SELECT total_ms FROM fetch WHERE status = 200")), ttfb_ms);
  EXPECT_EQ(value("SELECT ip || ' ' || replace(http_version, 'HTTP/', '') FROM fetch WHERE status = 200"),
            "127.0.0.1 1.1");
  EXPECT_EQ(value("SELECT count(*) FROM fetch WHERE error IS NOT NULL AND status IS NULL"), "2");
  EXPECT_EQ(value("SELECT group_concat(attempt) FROM fetch WHERE error IS NOT NULL"), "1,2");
  EXPECT_EQ(page("attempts", "/reset"), "2");
}

TEST_F(Database, TellsWhenAPageChanged) {
  server_.answer("/news", {.body = "<title>Old</title>"});
  list({"/news"});
  crawl({"urls.txt"});
  const std::string digest = page("digest", "/news");
  server_.answer("/news", {.body = "<title>New</title>"});
  crawl({"urls.txt"});
  EXPECT_EQ(page("title", "/news"), "New");
  EXPECT_EQ(page("previous_digest", "/news"), digest);
}

TEST_F(Database, TellsWhenAPageIsGone) {
  server_.answer("/old", {.body = "<title>Old</title>"});
  list({"/old"});
  crawl({"urls.txt"});
  server_.answer("/old", {.status = 410});
  crawl({"urls.txt"});
  EXPECT_EQ(page("gone_at IS NOT NULL", "/old"), "1");
  EXPECT_EQ(page("title", "/old"), "Old");
}

TEST_F(Database, TellsOfTheRun) {
  list(numbered("/page/", 5));
  crawl({"-c", "3", "urls.txt"});
  EXPECT_EQ(rows("SELECT job_id, state, concurrency, ok, failed, skipped, left, exit_code FROM run"),
            (std::vector<std::vector<std::string>>{{"1", "finished", "3", "5", "0", "0", "0", "0"}}));
  EXPECT_EQ(
      value("SELECT finished_at >= started_at AND wall_ms > 0 AND peak_rss_kb > 0 AND bytes > 0 FROM run"),
      "1");
}

TEST_F(Database, KeepsTheFetchesOfTheLastRuns) {
  list({"/page/1"});
  for (int run = 1; run <= 4; ++run) crawl({"--keep-runs", "2", "urls.txt"});
  EXPECT_EQ(value("SELECT group_concat(DISTINCT run_id) FROM fetch"), "3,4");
  EXPECT_EQ(value("SELECT count(*) FROM run"), "4");
}

TEST_F(Database, IsWhatItSaysItIs) {
  list({"/page/1"});
  crawl({"urls.txt"});
  EXPECT_EQ(value("PRAGMA user_version"), "2");
  EXPECT_EQ(value("PRAGMA page_size"), "16384");
  EXPECT_EQ(value("PRAGMA journal_mode"), "wal");
}

TEST_F(Database, MayBeReadAtAnyTime) {
  list(numbered("/delay/10/", 300));
  test_support::Process crawl = start({"-c", "10", "urls.txt"});
  ASSERT_TRUE(eventually([&] { return value("SELECT count(*) FROM page WHERE status = 200") != "0"; }));
  const test_support::SqliteQuery reader(dir_.path() / "crawl.db");
  while (!crawl.wait(1ms)) reader.rows("SELECT url, length(text) FROM page");
  EXPECT_THAT(finish(crawl), ExitsWith(0));
}

TEST_F(Database, MustBeInADirectoryThatExists) {
  const Result result = crawl({"-o", "missing/crawl.db", server_.url("/page/1")});
  EXPECT_THAT(result, ExitsWith(3));
  EXPECT_THAT(result.err, HasSubstr("missing/crawl.db"));
  EXPECT_EQ(server_.traffic().counts().requests, 0u);
}

TEST_F(Database, MayNotBeAnotherFile) {
  const std::string text(10'000, 't');
  write("notes.txt", text);
  const Result result = crawl({"-o", "notes.txt", server_.url("/page/1")});
  EXPECT_THAT(result, ExitsWith(3));
  EXPECT_THAT(result.err, HasSubstr("notes.txt"));
  std::ifstream kept(dir_.path() / "notes.txt");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), text);
}

TEST_F(Database, MayNotBeADirectory) {
  std::filesystem::create_directory(dir_.path() / "folder");
  EXPECT_THAT(crawl({"-o", "folder", server_.url("/page/1")}), ExitsWith(3));
}

}  // namespace
}  // namespace e2e
