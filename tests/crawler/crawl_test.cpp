#include "crawler/crawl.h"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/run.h"
#include "crawler/async/spawn.h"
#include "crawler/list_source.h"
#include "storage/database.h"
#include "storage/lock.h"
#include "tests/crawler/source_files.h"
#include "tests/crawler/until.h"
#include "tests/support/sqlite_query.h"
#include "tests/support/temp_dir.h"
#include "tests/support/test_server.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::Task;
using async::TaskHandle;
using test_support::SqliteQuery;
using testing::HasSubstr;

/// What may wait for the disk besides the transfers in flight.
constexpr std::int64_t kUncommittedRows = 2000;

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
  int crawl_beside(std::function<Task<>()> body) {
    report_ = RunReport();
    const auto both = [&]() -> Task<> {
      TaskHandle<RunOutcome> crawling = async::spawn(crawler::crawl(config_, report_));
      co_await body();
      outcome_ = co_await crawling;
    };
    async::run(both());
    return outcome_.exit_code(report_, config_.max_failed);
  }

  std::string value(const std::string& sql) const { return SqliteQuery(config_.database).value(sql); }
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

TEST_F(CrawlTest, FetchesEachUrlOfAList) {
  list("/page/", 20);
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(count("page WHERE status = 200 AND error IS NULL AND title LIKE 'Page %'"), "20");
  EXPECT_EQ(count("fetch JOIN page ON page.id = page_id"), "20");
  EXPECT_EQ(count("seed"), "0");
  EXPECT_EQ(value("SELECT state || ' ' || exit_code || ' ' || ok || ' ' || listed FROM run"),
            "finished 0 20 20");
}

TEST_F(CrawlTest, GivesEachFailureItsRow) {
  list(url("/page/1") + "\n" + url("/status/404") + "\n" + url("/truncated") + "\nftp://a/\nno url\n");
  EXPECT_EQ(crawl(), 1);
  EXPECT_EQ(value("SELECT group_concat(error) FROM (SELECT error FROM page WHERE error NOT NULL ORDER BY 1)"),
            "bad_url,truncated");
  EXPECT_EQ(value("SELECT group_concat(line || ' ' || given) FROM seed"), "5 no url");
  EXPECT_EQ(report_.ok, 1);
  EXPECT_EQ(report_.failed, 4);
}

TEST_F(CrawlTest, IsWellWithoutAnyUrl) {
  list("# none\n");
  config_.max_failed = {.value = 0, .is_percentage = true};
  EXPECT_EQ(crawl(), 0);
}

TEST_F(CrawlTest, FetchesASourceThatIsGivenTwiceOnce) {
  list("/page/", 5);
  config_.sources = {list_, url("/page/6"), list_, url("/page/6")};
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().requests, 6U);
  EXPECT_EQ(report_.duplicates, 6);
  EXPECT_EQ(
      value(
          "SELECT min(line) || ' ' || max(line) FROM seed WHERE outcome = 'duplicate' AND page_id NOT NULL"),
      "7 12");
}

TEST_F(CrawlTest, ThrowsForABadSourceBeforeAnyWork) {
  config_.sources = {dir_.path() / "missing.txt"};
  EXPECT_THROW(crawl(), BadSource);
  EXPECT_FALSE(std::filesystem::exists(config_.database));
}

TEST_F(CrawlTest, IsOneAtATimeWhenSequential) {
  list("/page/", 20);
  config_.is_sequential = true;
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().max_open_requests, 1U);
}

TEST_F(CrawlTest, ComparesItselfWithTheOtherMode) {
  list("/page/", 5);
  crawl();
  EXPECT_EQ(outcome_.other_mode, std::nullopt);
  config_.is_sequential = true;
  crawl();
  EXPECT_EQ(std::to_string(outcome_.other_mode->count()),
            value("SELECT wall_ms FROM run WHERE mode = 'concurrent'"));
}

// Whoever waits for room must hold none, or all wait for ever.
TEST_F(CrawlTest, GoesOnWithNextToNoMemory) {
  list("/page/", 30);
  config_.max_memory = 128 * 1024;
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(count("page WHERE status = 200"), "30");
}

TEST_F(CrawlTest, FetchesOneAtATimeWithLessMemoryThanAPageTakes) {
  list("/page/", 3);
  config_.max_memory = 1;
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().max_open_requests, 1U);
}

TEST_F(CrawlTest, StopsAfterMaxPages) {
  list("/page/", 10);
  config_.max_pages = 4;
  EXPECT_EQ(crawl(), 5);
  EXPECT_EQ(traffic().requests, 4U);
  EXPECT_EQ(report_.left, 6);
  expect_all_accounted_for(10);
}

TEST_F(CrawlTest, IsFinishedWithAsManyPagesAsAllowed) {
  list("/page/", 4);
  config_.sources = {list_, list_};
  config_.max_pages = 4;
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(report_.left, 0);
}

TEST_F(CrawlTest, StopsForASignalThoughMaxPagesAreReached) {
  list(url("/never") + "\n" + url("/page/1") + "\n");
  config_.max_pages = 1;
  EXPECT_EQ(crawl_beside([&]() -> Task<> {
              co_await until([&] { return traffic().open_requests == 1; });
              std::raise(SIGTERM);
            }),
            143);
  EXPECT_EQ(report_.cancelled, 1);
  expect_all_accounted_for(2);
}

TEST_F(CrawlTest, StopsInTime) {
  list(url("/page/1") + "\n" + url("/never") + "\n");
  config_.time_limit = 300ms;
  EXPECT_EQ(crawl(), 5);
  EXPECT_EQ(value("SELECT state FROM run"), "stopped");
  EXPECT_EQ(count("page WHERE error = 'cancelled'"), "1");
  EXPECT_EQ(count("fetch WHERE error = 'cancelled'"), "1");
}

TEST_F(CrawlTest, IsFinishedWhenOnlyTheWritingPassesTheTimeLimit) {
  Pipe pipe;
  config_.sources = {pipe.source()};
  config_.time_limit = 400ms;
  EXPECT_EQ(crawl_beside([&]() -> Task<> {
              co_await until([&] { return has_begun(); });
              const std::optional<HeldDatabase> held(config_.database);
              const async::TimePoint began = async::EventLoop::current().now();
              pipe.write(url("/page/1"));
              pipe.close();
              co_await until([&] { return report_.ended == 1; });
              co_await until([&] { return async::EventLoop::current().now() - began > 500ms; });
            }),
            0);
  EXPECT_EQ(value("SELECT state FROM run"), "finished");
}

TEST_F(CrawlTest, StopsAtTheFirstFailureWhenToldTo) {
  list(url("/never/1") + "\n" + url("/never/2") + "\n" + url("/delay/100/status/500") + "\n");
  config_.fails_fast = true;
  EXPECT_EQ(crawl(), 6);
  EXPECT_EQ(count("page WHERE error = 'cancelled'"), "2");
  EXPECT_EQ(value("SELECT status FROM page WHERE error IS NULL"), "500");
  EXPECT_EQ(traffic().open_requests, 0U);
}

TEST_F(CrawlTest, FailsWhenTheDatabaseDoes) {
  Pipe pipe;
  config_.sources = {pipe.source()};
  EXPECT_EQ(crawl_beside([&]() -> Task<> {
              pipe.write(url("/page/1") + "\n" + url("/never") + "\n");
              co_await until([&] { return has_begun() && traffic().open_requests == 1; });
              storage::Database database(config_.database, storage::Database::Access::read_write);
              database.execute("DROP TABLE fetch");
              pipe.write(url("/page/2") + "\n");
            }),
            3);
  EXPECT_THAT(outcome_.failure, HasSubstr("no such table"));
  EXPECT_EQ(value("SELECT state FROM run"), "failed");
  EXPECT_TRUE(server_.traffic().wait_until([](const auto& now) { return now.open_connections == 0; }, 5s));
}

TEST_F(CrawlTest, TellsTheSignalThoughTheDatabaseFailsToo) {
  Pipe pipe;
  config_.sources = {pipe.source()};
  EXPECT_EQ(crawl_beside([&]() -> Task<> {
              pipe.write(url("/never") + "\n");
              co_await until([&] { return has_begun() && traffic().open_requests == 1; });
              storage::Database database(config_.database, storage::Database::Access::read_write);
              database.execute("DROP TABLE fetch");
              std::raise(SIGINT);
            }),
            130);
  EXPECT_THAT(outcome_.failure, HasSubstr("no such table"));
}

TEST_F(CrawlTest, IsRefusedWhileAnotherRunHasTheDatabase) {
  list("/page/", 1);
  const auto lock = storage::DatabaseLock::try_lock(config_.database);
  EXPECT_EQ(crawl(), 4);
  EXPECT_THAT(outcome_.failure, HasSubstr("crawl.db"));
}

TEST_F(CrawlTest, EndsAsBadInputWhenAListCannotBeReadOn) {
  const FailingFile file(url("/page/1") + "\n" + url("/page/2") + "\nhttp://beg");
  const StandardInput input(file.open());
  list("/page/", 3);
  config_.sources = {"-", list_};
  EXPECT_EQ(crawl(), 2);
  EXPECT_THAT(outcome_.failure, HasSubstr("standard input"));
  EXPECT_EQ(value("SELECT state || ' ' || exit_code FROM run"), "failed 2");
  EXPECT_EQ(report_.left + report_.ok + report_.cancelled, 6);
}

TEST_F(CrawlTest, GoesOnWhereItWasStoppedWhateverTheOtherOptions) {
  list("/page/", 10);
  config_.max_pages = 4;
  crawl();
  config_.max_pages.reset();
  config_.resumes = true;
  config_.is_sequential = true;
  config_.keep.body = true;
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(report_.done_before, 4);
  EXPECT_EQ(traffic().requests, 10U);
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "1");
  EXPECT_EQ(crawl(), 0) << "a new job: that one is finished";
  EXPECT_EQ(traffic().requests, 20U);
}

TEST_F(CrawlTest, LosesNothingWhereverItIsCancelled) {
  std::string text;
  for (int i = 1; i <= 40; ++i)
    text += url("/delay/" + std::to_string(i % 4) + "/page/" + std::to_string(i)) + "\n";
  text +=
      url("/redirect/3") + "\n" + url("/large/50000") + "\nftp://a/\nno url\n" + url("/page/1#again") + "\n";
  list(text);
  config_.concurrency = 3;
  config_.max_failed.value = 2;
  std::mt19937 random(11);
  for (int round = 0; round < 10; ++round) {
    config_.resumes = false;
    config_.time_limit = std::chrono::milliseconds(1 + random() % 60);
    const int code = crawl();
    EXPECT_TRUE(code == 5 || code == 0) << code;
    EXPECT_EQ(report_.listed() + report_.cancelled + report_.duplicates + report_.left, 45)
        << "round " << round;
    EXPECT_EQ(count("page WHERE run_id = (SELECT max(id) FROM run)"),
              std::to_string(report_.listed() + report_.cancelled - report_.rejected));
    config_.time_limit.reset();
    config_.resumes = true;
    EXPECT_EQ(crawl(), 0);
    EXPECT_EQ(report_.left, 0);
    EXPECT_EQ(count("page WHERE status = 200"), "43") << "round " << round;
    std::filesystem::remove(config_.database);
  }
}

TEST_F(CrawlTest, GetsThroughAListOfNothingButRejects) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "no url " + std::to_string(i) + "\n";
  list(text);
  EXPECT_EQ(crawl(), 1);
  EXPECT_EQ(report_.rejected, 5000);
  EXPECT_EQ(count("seed WHERE page_id IS NULL AND outcome LIKE 'rejected: %'"), "5000");
  EXPECT_EQ(count("page"), "0");
}

TEST_F(CrawlTest, GetsThroughManyDuplicates) {
  std::string text = url("/page/1") + "\n";
  for (int i = 0; i < 12; ++i) text += text;
  list(text);
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().requests, 1U);
  EXPECT_EQ(count("seed WHERE outcome = 'duplicate'"), "4095");
}

TEST_F(CrawlTest, StoresTextForAnyOctets) {
  server_.answer("/odd", {.body = "x", .content_type = "text/plain; \xFF", .headers = {"ETag: \xE9"}});
  list(url("/odd") + "\nfoo:\xFF\ncaf\xE9\n");
  config_.arguments = "urls-\xE9.txt";
  EXPECT_EQ(crawl(), 1);
  EXPECT_EQ(value("SELECT content_type || etag FROM page WHERE status = 200"), "text/plain; \uFFFD\uFFFD");
  EXPECT_EQ(value("SELECT url FROM page WHERE error = 'bad_url'"), "foo:\uFFFD");
  EXPECT_EQ(value("SELECT given FROM seed WHERE outcome LIKE 'rejected%'"), "caf\uFFFD");
  EXPECT_EQ(value("SELECT args FROM run"), "urls-\uFFFD.txt");
}

TEST_F(CrawlTest, TakesHugeHeaders) {
  server_.answer("/huge", {.body = "x", .headers = {"ETag: " + std::string(90'000, 'x')}});
  list(url("/huge") + "\n");
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(value("SELECT length(etag) FROM page"), "90000");
}

/// With the database held by another program, everything that is listed waits for it.
class SlowDatabase : public CrawlTest {
 protected:
  /// How many URLs ended before the crawl waited, with the loop at work all the time.
  void crawl_held(const std::string& lines) {
    list(lines);
    Pipe gate;
    config_.sources = {gate.source(), list_};
    EXPECT_LE(crawl_beside([&]() -> Task<> {
                co_await until([&] { return has_begun(); });
                const std::optional<HeldDatabase> held(config_.database);
                gate.close();
                co_await until([&] { return report_.ended >= most_waiting(); });
                // Whatever is possible now happens within some turns of the loop.
                for (int turn = 0; turn < 100; ++turn) co_await async::sleep(0s);
                ended_while_held_ = report_.ended;
              }),
              1);
  }
  std::int64_t most_waiting() const {
    return kUncommittedRows + static_cast<std::int64_t>(config_.concurrency);
  }

  std::int64_t ended_while_held_ = 0;
};

TEST_F(SlowDatabase, StopsTheFetchingAtItsBound) {
  config_.concurrency = 20;
  std::string lines;
  for (int i = 0; i < 2500; ++i) lines += url("/empty?" + std::to_string(i)) + "\n";
  crawl_held(lines);
  EXPECT_EQ(ended_while_held_, most_waiting());
  EXPECT_EQ(count("page WHERE status = 200"), "2500");
}

TEST_F(SlowDatabase, StopsTheRejectingAtItsBoundToo) {
  config_.concurrency = 20;
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "foo:" + std::to_string(i) + "\n";
  crawl_held(lines);
  EXPECT_EQ(ended_while_held_, most_waiting());
  EXPECT_EQ(count("page WHERE error = 'bad_url'"), "5000");
}

}  // namespace
}  // namespace crawler
