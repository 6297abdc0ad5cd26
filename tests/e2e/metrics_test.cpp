#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <sqlite3.h>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

namespace fs = std::filesystem;
using test_support::Process;
using testing::HasSubstr;
using testing::MatchesRegex;

// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
constexpr const char* kHelp = "# HELP [a-z_]+ [^\\\n]+";
constexpr const char* kType = "# TYPE [a-z_]+ (counter|gauge|histogram)";
constexpr const char* kSample =
    "[a-z_]+[{][a-z]+=\"([^\"\\\n]|\\\\[\\\"n])*\"(,[a-z]+=\"([^\"\\\n]|\\\\[\\\"n])*\")*[}] [0-9.e+-]+";

std::string without(std::string name, std::string_view suffix) {
  if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  return name;
}

class Metrics : public CrawlTest {
 protected:
  std::string text() const {
    std::ifstream stream(dir_.path() / "crawl.prom");
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  /// The sum of the samples of that name whose labels contain `label`; NaN if there is none.
  double sum(const std::string& name, const std::string& label = "") const {
    double sum = NAN;
    std::istringstream lines(text());
    for (std::string line; std::getline(lines, line);) {
      const std::size_t end = line.rfind(' ');
      if (!line.starts_with(name + '{') || line.substr(0, end).find(label) == std::string::npos) continue;
      sum = (std::isnan(sum) ? 0 : sum) + std::strtod(line.c_str() + end, nullptr);
    }
    return sum;
  }

  double number(const std::string& sql) const { return std::strtod(value(sql).c_str(), nullptr); }

  /// Each line by the grammar; each metric explained once, before its samples; no series twice; no
  /// timestamps.
  void expect_well_formed() const {
    std::set<std::string> explained;
    std::set<std::string> series;
    std::istringstream lines(text());
    for (std::string line; std::getline(lines, line);) {
      const std::string name = line.substr(0, line.find('{'));
      if (line.starts_with("# HELP ")) {
        EXPECT_THAT(line, MatchesRegex(kHelp));
      } else if (line.starts_with("# TYPE ")) {
        EXPECT_THAT(line, MatchesRegex(kType));
        std::istringstream words(line);
        std::string metric;
        words >> metric >> metric >> metric;
        EXPECT_TRUE(explained.insert(metric).second) << line;
      } else {
        EXPECT_THAT(line, MatchesRegex(kSample));
        const std::string metric = without(without(without(name, "_bucket"), "_sum"), "_count");
        EXPECT_TRUE(explained.contains(metric)) << line;
        EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line;
      }
    }
    EXPECT_GT(series.size(), 40U);
    EXPECT_TRUE(text().ends_with('\n'));
  }

  /// A run in which all sorts of things happen.
  Result crawl_everything() {
    list({"/page/1", "/page/2", "/page/1", "/status/404", "/status/403", "/status/503", "/reset",
          "/truncated", "/redirect/2", "/redirect-loop", "/delay/120/page/3", "/delay/20/large/50000"});
    return crawl({"--metrics", "crawl.prom", "urls.txt", "http://name.invalid/", "gopher://a/", "http://["});
  }
};

TEST_F(Metrics, OfAFinishedRunAreWellFormed) {
  EXPECT_THAT(crawl_everything(), ExitsWith(1));
  expect_well_formed();
}

TEST_F(Metrics, AgreeWithTheDatabase) {
  EXPECT_THAT(crawl_everything(), ExitsWith(1));
  EXPECT_EQ(sum("crawl_run_exit_code"), number("SELECT exit_code FROM run"));
  EXPECT_EQ(sum("crawl_pages_total"), number("SELECT count(*) FROM page"));
  EXPECT_EQ(sum("crawl_pages_total", R"(outcome="ok")"), number("SELECT ok FROM run"));
  EXPECT_EQ(sum("crawl_failures_total"), number("SELECT failed FROM run"));
  EXPECT_EQ(sum("crawl_failures_total", R"(reason="status 4xx")"), 2);
  for (const auto& row : rows("SELECT error, count(*) FROM page WHERE error IS NOT NULL GROUP BY error"))
    EXPECT_EQ(sum("crawl_failures_total", "reason=\"" + row[0] + '"'), std::stod(row[1])) << row[0];
  EXPECT_EQ(sum("crawl_skipped_lines_total", R"(reason="duplicate")"),
            number("SELECT count(*) FROM seed WHERE outcome = 'duplicate'"));
  EXPECT_EQ(sum("crawl_skipped_lines_total", R"(reason="not a URL")"),
            number("SELECT count(*) FROM seed WHERE outcome LIKE 'rejected%'"));
  EXPECT_EQ(sum("crawl_lines_left"), number("SELECT left FROM run"));
  EXPECT_EQ(sum("crawl_urls_under_way"), 0);
  EXPECT_EQ(sum("crawl_requests_total"), number("SELECT count(*) FROM fetch"));
  EXPECT_EQ(sum("crawl_received_bytes_total"), number("SELECT sum(bytes) FROM fetch"));
}

TEST_F(Metrics, OfACrawlThatFollowsLinksAgreeWithTheDatabase) {
  list({"/page/1", "/page/2", "/status/404"});
  EXPECT_THAT(crawl({"--follow", "--exclude", "/page/3", "--robots", "ignore", "--max-pages", "5",
                     "--metrics", "crawl.prom", "urls.txt"}),
              ExitsWith(5));
  expect_well_formed();
  EXPECT_EQ(sum("crawl_pages_total"), number("SELECT count(*) FROM page"));
  EXPECT_GT(number("SELECT left FROM run"), 0);
  EXPECT_EQ(sum("crawl_lines_left"), number("SELECT left FROM run"));
  EXPECT_EQ(sum("crawl_frontier_waiting"), number("SELECT count(*) FROM frontier_url"));
  EXPECT_EQ(sum("crawl_skipped_urls"), number("SELECT coalesce(sum(urls), 0) FROM skipped"));
}

TEST_F(Metrics, CountTheDurationsThatTheDatabaseHas) {
  EXPECT_THAT(crawl_everything(), ExitsWith(1));
  const std::string answered = " FROM fetch WHERE status IS NOT NULL AND total_ms ";
  const std::string name = "crawl_request_duration_seconds";
  for (const char* bound : {"0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "1", "60"})
    EXPECT_EQ(sum(name + "_bucket", "le=\"" + std::string(bound) + '"'),
              number("SELECT count(*)" + answered + "<= 1000 * " + bound))
        << bound;
  EXPECT_EQ(sum(name + "_bucket", R"(le="+Inf")"), number("SELECT count(*)" + answered + "IS NOT NULL"));
  EXPECT_EQ(sum(name + "_count"), number("SELECT count(*)" + answered + "IS NOT NULL"));
  EXPECT_NEAR(sum(name + "_sum"), number("SELECT sum(total_ms) / 1000" + answered + "IS NOT NULL"), 1e-6);
}

TEST_F(Metrics, CountWhatAnEarlierRunHasDone) {
  list(numbered("/page/", 8));
  crawl({"--max-pages", "5", "urls.txt"});
  EXPECT_THAT(crawl({"--resume", "--metrics", "crawl.prom", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(sum("crawl_skipped_lines_total", R"(reason="done before")"), 5);
  EXPECT_EQ(sum("crawl_pages_total"), 3);
}

TEST_F(Metrics, AreThereWhileTheRunGoesOn) {
  list({"/never"});
  Process crawl = start({"--metrics", "crawl.prom", "urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 1; }));
  expect_well_formed();
  EXPECT_TRUE(std::isnan(sum("crawl_run_exit_code")));
  crawl.signal(SIGTERM);
  EXPECT_THAT(finish(crawl), ExitsWith(143));
  expect_well_formed();
  EXPECT_EQ(sum("crawl_run_exit_code"), 143);
  EXPECT_EQ(sum("crawl_pages_total", R"(outcome="cancelled")"), 1);
}

TEST_F(Metrics, StayThoseOfTheRunThatHoldsTheDatabase) {
  list({"/never"});
  Process first = start({"--metrics", "crawl.prom", "urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 1; }));
  const std::string of_first = text();
  EXPECT_THAT(crawl({"-q", "--metrics", "crawl.prom", "urls.txt"}), ExitsWith(4));
  EXPECT_EQ(text(), of_first);
}

TEST_F(Metrics, StayThoseOfTheLastRunThatBegan) {
  crawl({"--metrics", "crawl.prom", server_.url("/page/1")});
  const std::string of_first = text();
  EXPECT_THAT(crawl({"--metrics", "crawl.prom", "no-such-list.txt"}), ExitsWith(2));
  EXPECT_EQ(text(), of_first);
}

TEST_F(Metrics, TellOfADatabaseThatFails) {
  write("crawl.db", "a text and no database");
  EXPECT_THAT(crawl({"--metrics", "crawl.prom", server_.url("/page/1")}), ExitsWith(3));
  EXPECT_EQ(sum("crawl_run_exit_code"), 3);
}

TEST_F(Metrics, TellOfASignalThatComesWhileTheDatabaseIsLocked) {
  crawl({server_.url("/page/1")});
  sqlite3* other = nullptr;
  sqlite3_open((dir_.path() / "crawl.db").c_str(), &other);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  Process crawl = start({"--metrics", "crawl.prom", server_.url("/page/1")});
  EXPECT_TRUE(eventually([&] { return !text().empty(); }));
  crawl.signal(SIGTERM);
  EXPECT_THAT(finish(crawl), ExitsWith(143));
  sqlite3_close(other);
  EXPECT_EQ(sum("crawl_run_exit_code"), 143);
}

TEST_F(Metrics, LeaveTheOutputAsItIs) {
  list(numbered("/page/", 20));
  const Result result = crawl({"-q", "--metrics", "crawl.prom", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_EQ(result.out + result.err, "");
}

TEST_F(Metrics, HaveTheWholeNameOfTheDatabaseAsALabel) {
  EXPECT_THAT(crawl({"-o", "a\"b\\c.db", "--metrics", "crawl.prom", server_.url("/page/1")}), ExitsWith(0));
  expect_well_formed();
  EXPECT_THAT(text(), HasSubstr("{database=\"" + dir_.path().native() + R"(/a\"b\\c.db")"));
}

class BadMetrics : public Metrics {
 protected:
  void expect_refused(const std::string& file) {
    list({"/page/1"});
    const Result result = crawl({"-q", "--metrics", file, "urls.txt"});
    EXPECT_THAT(result, ExitsWith(2));
    EXPECT_THAT(result.err, MatchesRegex("crawl: metrics[^\n]*" + file + "[^\n]*; give [^\n]+\n"));
    EXPECT_EQ(server_.traffic().counts().requests, 0u);
    EXPECT_FALSE(fs::exists(dir_.path() / "crawl.db"));
  }
};

TEST_F(BadMetrics, AreRefusedInADirectoryThatDoesNotExist) { expect_refused("none/crawl.prom"); }

TEST_F(BadMetrics, AreRefusedAsADirectory) { expect_refused(dir_.path()); }

// The lock's file is empty: the figures took its place, and a second run would not have seen the first.
TEST_F(BadMetrics, NeverTakeThePlaceOfWhatBelongsToTheDatabase) {
  for (const char* name : {"crawl.db", "./crawl.db", "crawl.db-wal", "crawl.db.lock"}) expect_refused(name);
}

TEST_F(BadMetrics, NeverTakeThePlaceOfTheList) {
  expect_refused("urls.txt");
  std::ifstream urls(dir_.path() / "urls.txt");
  std::string line;
  std::getline(urls, line);
  EXPECT_EQ(line, server_.url("/page/1"));
}

}  // namespace
}  // namespace e2e
