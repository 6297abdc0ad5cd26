#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <random>
#include <string>

#include "crawler/crawl.h"
#include "storage/lock.h"
#include "tests/crawler/crawl_fixture.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::Task;
using testing::HasSubstr;

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

// The error of one visit cancelled the writer, and with it every finished page that waited for the disk.
TEST_F(CrawlTest, CommitsWhatWasFinishedBeforeItFailed) {
  std::string lines;
  for (int i = 1; i <= 1500; ++i) lines += "ftp://a/" + std::to_string(i) + "\n";
  list(lines + url("/page/1") + "\n");
  config_.user_agent.assign(9'000'000, 'x');  // libcurl refuses it
  EXPECT_EQ(crawl(), 3);
  EXPECT_THAT(outcome_.failure, testing::StartsWith("libcurl: "));  // and no group of a group
  EXPECT_EQ(count("page"), "1500");
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
              std::raise(SIGTERM);
            }),
            143);
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
  // The visits under way were cancelled once.
  EXPECT_EQ(report_.ok, 2);
  EXPECT_EQ(report_.left, 4);
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

}  // namespace
}  // namespace crawler
