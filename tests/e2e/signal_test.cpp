#include <csignal>
#include <filesystem>
#include <memory>
#include <random>
#include <string>

#include <sqlite3.h>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using test_support::Process;

class Signal : public CrawlTest, public testing::WithParamInterface<int> {
 protected:
  static constexpr int kListed = 300;

  /// A run that gets the signal when the server has got so many of its requests; false when it ended before.
  bool interrupts(std::size_t requests, const std::string& database) {
    const std::size_t earlier = server_.traffic().counts().requests;
    Process crawl = start({"-c", "20", "-o", database, "urls.txt"});
    EXPECT_TRUE(server_sees([&](const Counts& now) { return now.requests >= earlier + requests; }));
    crawl.signal(GetParam());
    const Result result = finish(crawl);
    if (result.exit_code == 0) return false;
    EXPECT_THAT(result, ExitsWith(128 + GetParam())) << "after " << requests << " requests";
    return true;
  }

  void expect_whole(const std::string& database) {
    EXPECT_EQ(value("PRAGMA integrity_check", database), "ok");
    EXPECT_EQ(value("SELECT count(*) FROM page WHERE error IS NULL AND status IS NULL", database), "0");
    EXPECT_EQ(value("SELECT count(*) FROM page WHERE error IS NOT NULL AND error <> 'cancelled'", database),
              "0");
  }

  void expect_accounted(const std::string& database) {
    EXPECT_EQ(value("SELECT state || ' ' || exit_code FROM run", database),
              "stopped " + std::to_string(128 + GetParam()));
    EXPECT_EQ(value("SELECT (SELECT count(*) FROM page) + left FROM run", database), std::to_string(kListed));
  }
};

TEST_P(Signal, EndsARunAtAnyMomentWithAWholeDatabase) {
  constexpr int kMoments = 17;
  list(numbered("/delay/20/", kListed));
  std::mt19937 random(static_cast<unsigned>(GetParam()));
  std::uniform_int_distribution<std::size_t> moment(0, kListed);
  int interrupted = 0;
  int accounted = 0;
  for (int i = 0; i < kMoments; ++i) {
    const std::string database = std::to_string(i) + ".db";
    if (interrupts(i == 0 ? 0 : moment(random), database)) ++interrupted;
    // A signal may come before there is a database, or a run in it.
    if (!std::filesystem::exists(dir_.path() / database)) continue;
    if (value("SELECT count(*) FROM sqlite_master WHERE name = 'run'", database) == "0") continue;
    expect_whole(database);
    if (value("SELECT count(*) FROM run WHERE exit_code > 128", database) == "0") continue;
    expect_accounted(database);
    ++accounted;
  }
  EXPECT_GE(interrupted, kMoments / 2);
  EXPECT_GE(accounted, kMoments / 2);
}

TEST_P(Signal, MarksWhatWasInFlight) {
  list(numbered("/never/", 100));
  Process crawl = start({"-c", "20", "urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 20; }));
  crawl.signal(GetParam());
  EXPECT_THAT(finish(crawl), ExitsWith(128 + GetParam()));
  expect_cancelled_and_left(numbered("/never/", 100), 100);
  EXPECT_EQ(value("SELECT state FROM run"), "stopped");
}

TEST_P(Signal, KeepsThePagesThatCameBefore) {
  std::vector<std::string> paths = numbered("/page/", 50);
  paths.push_back("/never");
  list(paths);
  Process crawl = start({"urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.requests == 51 && now.open_requests == 1; }));
  crawl.signal(GetParam());
  const Result result = finish(crawl);
  EXPECT_THAT(result, ExitsWith(128 + GetParam()));
  // What had come whole is committed; an answer may still have been on its way.
  EXPECT_GE(std::stoi(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL")), 1);
  EXPECT_EQ(value("SELECT count(*) FROM page"), "51");
}

TEST_P(Signal, EndsARunThatWaitsForItsInput) {
  Process crawl = start({"-"});
  crawl.write(server_.url("/page/1") + "\n");
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.requests == 1; }));
  crawl.signal(GetParam());
  const Result result = finish(crawl);
  EXPECT_THAT(result, ExitsWith(128 + GetParam()));
  EXPECT_LT(result.wall, 2s);
}

INSTANTIATE_TEST_SUITE_P(Numbers, Signal, testing::Values(SIGHUP, SIGINT, SIGTERM), [](const auto& test) {
  return test.param == SIGHUP ? "SIGHUP" : test.param == SIGINT ? "SIGINT" : "SIGTERM";
});

/// Another program that holds the database's write lock, so that no run can commit.
class WriteLock {
 public:
  explicit WriteLock(const std::filesystem::path& path) {
    sqlite3* opened = nullptr;
    sqlite3_open(path.c_str(), &opened);
    database_.reset(opened);
    sqlite3_busy_timeout(opened, 10'000);
    EXPECT_EQ(sqlite3_exec(opened, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

using LockedDatabase = CrawlTest;

// Signals were listened to only between the opening of the database and its end: this took 10 s, and the code
// was 3.
TEST_F(LockedDatabase, IsWaitedForOnlyBrieflyAfterASignalThatComesAtTheStart) {
  ASSERT_THAT(crawl({server_.url("/page/1")}), ExitsWith(0));
  sqlite3* other = nullptr;
  sqlite3_open((dir_.path() / "crawl.db").c_str(), &other);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  Process crawl = start({server_.url("/page/1")});
  EXPECT_EQ(crawl.wait(300ms), std::nullopt);
  crawl.signal(SIGTERM);
  const Result result = finish(crawl);
  sqlite3_close(other);
  EXPECT_THAT(result, ExitsWith(143));
  EXPECT_LT(result.wall, 2s);
}

// The commit waited for 10 s, and then the run's own row for 10 s more.
TEST_F(LockedDatabase, IsWaitedForOnlyBrieflyAfterASignalThatComesLater) {
  list({"/page/1", "/never"});
  Process crawl = start({"urls.txt"});
  ASSERT_TRUE(eventually([&] { return value("SELECT count(*) FROM page") == "1"; }));
  const WriteLock lock(dir_.path() / "crawl.db");
  crawl.signal(SIGINT);
  const Result result = finish(crawl);
  EXPECT_THAT(result, ExitsWith(130));
  EXPECT_LT(result.wall, 2s);
}

using SecondSignal = CrawlTest;

// timeout(1) sends its signal to the program and to its group, and the second ended each run under it at
// once.
TEST_F(SecondSignal, AtTheSameTimeIsNoSecondOne) {
  list({"/page/1", "/never"});
  Process timeout({.program = "/usr/bin/timeout",
                   .arguments = {"1", CRAWL_PROGRAM, "urls.txt"},
                   .directory = dir_.path()});
  const Result result = finish(timeout);
  EXPECT_THAT(result, ExitsWith(124));
  EXPECT_EQ(value("SELECT state || ' ' || exit_code FROM run"), "stopped 143");
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'cancelled'"), "1");
}

TEST_F(SecondSignal, EndsARunAtOnceThatCannotCommit) {
  list({"/page/1", "/never"});
  Process crawl = start({"urls.txt"});
  ASSERT_TRUE(eventually([&] { return value("SELECT count(*) FROM page") == "1"; }));
  const WriteLock lock(dir_.path() / "crawl.db");
  // On a busy machine one may come so late that it is one with the next; the first alone would take a second.
  int signals = 0;
  do {
    crawl.signal(SIGINT);
    ++signals;
  } while (!crawl.wait(100ms));
  EXPECT_THAT(finish(crawl), ExitsWith(130));
  EXPECT_LE(signals, 5);
}

TEST_F(SecondSignal, RightAfterTheFirstEndsARunToo) {
  list(numbered("/never/", 100));
  Process crawl = start({"urls.txt"});
  ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 100; }));
  crawl.signal(SIGTERM);
  crawl.signal(SIGTERM);
  const Result result = finish(crawl);
  EXPECT_THAT(result, ExitsWith(143));
  EXPECT_LT(result.wall, 1s);
  EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace e2e
