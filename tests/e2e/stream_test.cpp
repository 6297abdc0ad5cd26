// `-o -`: pages as JSON Lines on standard output, and no database.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using Stream = CrawlTest;

std::vector<json> lines_in(const std::string& out) {
  std::vector<json> lines;
  std::istringstream stream(out);
  for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
  return lines;
}

TEST_F(Stream, HasALineForEachPage) {
  list(numbered("/page/", 300));
  const Result result = crawl({"-o", "-", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  std::set<std::string> titles;
  for (const json& page : lines_in(result.out)) titles.insert(page["title"]);
  EXPECT_EQ(titles.size(), 300U);
  EXPECT_THAT(result.err, HasSubstr("ok 300"));
}

TEST_F(Stream, LeavesNoFile) {
  crawl({"-o", "-", server_.url("/page/1")});
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
}

TEST_F(Stream, TellsOfFailuresToo) {
  list({"/status/404", "/truncated"});
  const Result result = crawl({"-q", "-o", "-", "--retries", "0", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(1));
  std::vector<json> pages = lines_in(result.out);
  ASSERT_EQ(pages.size(), 2U);
  std::ranges::sort(pages, {}, [](const json& page) { return page["url"].get<std::string>(); });
  EXPECT_EQ(pages[0]["status"], 404);
  EXPECT_EQ(pages[0]["error"], nullptr);
  EXPECT_EQ(pages[1]["status"], 200);
  EXPECT_EQ(pages[1]["error"], "truncated");
}

TEST_F(Stream, HasAPageListedTwiceOnce) {
  list({"/page/1", "/page/2", "/page/1", "/page/1#part"});
  const Result result = crawl({"-o", "-", "urls.txt"});
  EXPECT_EQ(lines_in(result.out).size(), 2U);
  EXPECT_THAT(result.err, HasSubstr("duplicate lines 2"));
}

TEST_F(Stream, PrintsAPageWhileTheListIsStillOpen) {
  test_support::Process process = start({"-o", "-", "-"});
  process.write(server_.url("/page/7") + "\n");
  EXPECT_TRUE(eventually([&] { return process.out().contains("Page 7"); }));
  process.close_stdin();
  EXPECT_THAT(finish(process), ExitsWith(0));
}

TEST_F(Stream, HasTheFieldsOfEachPage) {
  list({"/page/1"});
  const Result result = crawl({"-o", "-", "--select", "title=title", "--select", "links[]=a", "urls.txt"});
  const json page = lines_in(result.out).at(0);
  EXPECT_EQ(page["fields"]["title"], "Page 1");
  EXPECT_TRUE(page["fields"]["links"].is_array());
}

TEST_F(Stream, HasTheLinksWhenTheyAreStored) {
  const Result with = crawl({"-o", "-", "--store", "links", server_.url("/page/1")});
  EXPECT_TRUE(lines_in(with.out).at(0)["links"].is_array());
  const Result without = crawl({"-o", "-", server_.url("/page/1")});
  EXPECT_FALSE(lines_in(without.out).at(0).contains("links"));
}

TEST_F(Stream, EndsWithCode3WhenNobodyReadsOn) {
  list(numbered("/page/", 2000));
  test_support::Process shell(
      {.program = "/bin/bash",
       .arguments = {"-c", CRAWL_PROGRAM " -q -o - urls.txt | head -c 1; exit ${PIPESTATUS[0]}"},
       .directory = dir_.path()});
  const Result result = finish(shell);
  EXPECT_THAT(result, ExitsWith(3));
  EXPECT_THAT(result.err, HasSubstr("standard output: Broken pipe"));
}

TEST_F(Stream, StopsAtASignalThoughNobodyReads) {
  list(numbered("/page/", 5000));
  test_support::Process shell(
      {.program = "/bin/bash",
       .arguments = {"-c", "mkfifo pipe; exec 3<>pipe; exec " CRAWL_PROGRAM " -q -o - urls.txt >&3"},
       .directory = dir_.path()});
  ASSERT_TRUE(server_sees([](const Counts& seen) { return seen.requests > 1000; }));
  shell.signal(SIGINT);
  EXPECT_THAT(finish(shell), ExitsWith(130));
}

TEST_F(Stream, HasNoBodies) {
  EXPECT_THAT(crawl({"-o", "-", "--store", "body", server_.url("/page/1")}), ExitsWith(2));
}

TEST_F(Stream, HasNothingToResume) {
  const Result result = crawl({"-o", "-", "--resume", server_.url("/page/1")});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr("--resume"));
  EXPECT_THAT(result.out, IsEmpty());
}

}  // namespace
}  // namespace e2e
