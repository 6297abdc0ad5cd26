#include "crawler/crawl.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "crawler/list_source.h"
#include "tests/crawler/crawl_fixture.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using async::Task;

/// What may wait for the disk besides the transfers in flight.
constexpr std::int64_t kUncommittedRows = 2000;

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
  /// How many URLs ended before the crawl waited, with the loop at work all the time: as many as may wait, or
  /// at least `some` of them.
  void crawl_held(const std::string& lines) { crawl_held(lines, most_waiting()); }
  void crawl_held(const std::string& lines, std::int64_t some) {
    list(lines);
    Pipe gate;
    config_.sources = {gate.source(), list_};
    EXPECT_LE(crawl_beside([&]() -> Task<> {
                co_await until([&] { return has_begun(); });
                const std::optional<HeldDatabase> held(config_.database);
                gate.close();
                co_await until([&] { return report_.ended >= some; });
                // Whatever is possible now happens within some turns of the loop.
                for (int turn = 0; turn < 100; ++turn) co_await async::sleep(0s);
                ended_while_held_ = report_.ended;
                begun_while_held_ = report_.ended + report_.under_way;
              }),
              1);
  }
  std::int64_t most_waiting() const {
    return kUncommittedRows + static_cast<std::int64_t>(config_.concurrency) - kept_places_;
  }

  std::int64_t kept_places_ = 0;
  std::int64_t ended_while_held_ = 0;
  std::int64_t begun_while_held_ = 0;
};

TEST_F(SlowDatabase, StopsTheFetchingAtItsBound) {
  config_.concurrency = 20;
  std::string lines;
  for (int i = 0; i < 2500; ++i) lines += url("/empty?" + std::to_string(i)) + "\n";
  crawl_held(lines);
  EXPECT_EQ(ended_while_held_, most_waiting());
  EXPECT_EQ(count("page WHERE status = 200"), "2500");
}

TEST_F(SlowDatabase, StopsTheFetchingOfLargePagesAtABoundOfBytes) {
  config_.concurrency = 1;
  config_.keep.body = true;
  std::string lines;
  for (int i = 0; i < 15; ++i) {
    const std::string path = "/large?" + std::to_string(i);
    server_.answer(path, {.body = std::string(1 << 20, 'x'), .content_type = "application/octet-stream"});
    lines += url(path) + "\n";
  }
  constexpr std::int64_t most = 5;  // the fifth was let in while the fourth came
  crawl_held(lines, most);
  EXPECT_EQ(begun_while_held_, most);
  EXPECT_EQ(count("page WHERE status = 200"), "15");
}

TEST_F(SlowDatabase, StopsTheRejectingAtItsBoundToo) {
  config_.concurrency = 20;
  kept_places_ = 1;  // the next visit's, before it is known which
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "foo:" + std::to_string(i) + "\n";
  crawl_held(lines);
  EXPECT_EQ(ended_while_held_, most_waiting());
  EXPECT_EQ(count("page WHERE error = 'bad_url'"), "5000");
}

}  // namespace
}  // namespace crawler
