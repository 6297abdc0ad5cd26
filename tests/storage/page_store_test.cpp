#include "storage/page_store.h"

#include <filesystem>
#include <fstream>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PageStoreTest : public DatabaseTest {
 protected:
  std::string column(const std::string& name) const { return value("SELECT " + name + " FROM page"); }
  std::vector<std::string> columns(const std::string& names) const {
    return rows("SELECT " + names + " FROM page").at(0);
  }
};

TEST_F(PageStoreTest, AGoodAnswerIsARowWithItsContent) {
  PageOutcome page = answered("http://a/", "d1", "t1");
  page.depth = 2;
  page.referrer = "http://from/";
  page.content->text = "words";
  page.content->meta = "{}";
  page.content->headers = "HTTP/1.1 200\r\n\xff";
  page.content->body = std::string("\0b", 2);
  page.content->fields = R"({"price":"1"})";
  commit(page);
  EXPECT_THAT(columns("url, final_url, status, error, title, text, meta, hex(body), fields, depth, referrer"),
              ElementsAre("http://a/", "http://a/", "200", "NULL", "title", "words", "{}", "0062",
                          R"({"price":"1"})", "2", "http://from/"));
  EXPECT_THAT(columns("digest, previous_digest, fetched_at, checked_at, changed_at, gone_at, run_id, hops"),
              ElementsAre("d1", "NULL", "t1", "t1", "t1", "NULL", "1", "[]"));
  EXPECT_EQ(value("SELECT url FROM page WHERE CAST(headers AS TEXT) LIKE 'HTTP/1.1 200%'"), "http://a/");
}

TEST_F(PageStoreTest, ANewAnswerTakesThePlaceOfTheOldOne) {
  PageOutcome first = answered("http://a/");
  first.content->body = "body";
  first.content->etag = "e";
  commit(first, 1);
  PageOutcome second = answered("http://a/", "d2", "t2");
  second.content->title = std::nullopt;
  commit(second, 2);
  EXPECT_EQ(value("SELECT count(*) FROM page"), "1");
  EXPECT_THAT(columns("id, run_id, title, body, etag"), ElementsAre("1", "2", "NULL", "NULL", "NULL"));
}

TEST_F(PageStoreTest, ADigestThatDiffersIsAChange) {
  commit(answered("http://a/", "d1", "t1"));
  commit(answered("http://a/", "d2", "t2"));
  EXPECT_THAT(columns("digest, previous_digest, changed_at"), ElementsAre("d2", "d1", "t2"));
}

TEST_F(PageStoreTest, TheSameDigestIsNoChange) {
  commit(answered("http://a/", "d1", "t1"));
  commit(answered("http://a/", "d2", "t2"));
  commit(answered("http://a/", "d2", "t3"));
  EXPECT_THAT(columns("digest, previous_digest, changed_at, fetched_at"),
              ElementsAre("d2", "d1", "t2", "t3"));
}

TEST_F(PageStoreTest, AFailureLeavesTheLastGoodAnswer) {
  commit(answered("http://a/", "d1", "t1"), 1);
  commit(failed("http://a/", "timeout", "t2"), 2);
  EXPECT_THAT(columns("error, attempts, run_id, checked_at"), ElementsAre("timeout", "3", "2", "t2"));
  EXPECT_THAT(columns("status, title, digest, fetched_at, changed_at"),
              ElementsAre("200", "title", "d1", "t1", "t1"));
}

TEST_F(PageStoreTest, AFailureWithAResponseChangesTheStatusToo) {
  commit(answered("http://a/"));
  commit(refused("http://a/", 500));
  EXPECT_THAT(columns("status, error, title"), ElementsAre("500", "NULL", "title"));
}

TEST_F(PageStoreTest, AFailureOfANewUrlIsARow) {
  commit(failed("http://a/", "dns"));
  EXPECT_THAT(columns("status, error, digest, fetched_at, changed_at, gone_at, text"),
              ElementsAre("NULL", "dns", "NULL", "NULL", "NULL", "NULL", "NULL"));
}

TEST_F(PageStoreTest, FirstContentAfterAFailureIsAChange) {
  commit(failed("http://a/", "dns", "t1"));
  commit(answered("http://a/", "d1", "t2"));
  EXPECT_THAT(columns("error, digest, previous_digest, changed_at"), ElementsAre("NULL", "d1", "NULL", "t2"));
}

TEST_F(PageStoreTest, NotModifiedLeavesTheStatusOfTheGoodAnswer) {
  commit(answered("http://a/", "d1", "t1"));
  commit(failed("http://a/", "timeout", "t2"));
  commit(refused("http://a/", 304, "t3"));
  EXPECT_THAT(columns("status, error, fetched_at, checked_at"), ElementsAre("200", "NULL", "t1", "t3"));
}

TEST_F(PageStoreTest, IsGoneSinceTheFirst404Or410) {
  commit(answered("http://a/"));
  commit(refused("http://a/", 404, "t2"));
  EXPECT_EQ(column("gone_at"), "t2");
  commit(refused("http://a/", 410, "t3"));
  commit(refused("http://a/", 500, "t4"));
  commit(failed("http://a/", "timeout", "t5"));
  EXPECT_EQ(column("gone_at"), "t2");
}

TEST_F(PageStoreTest, ANewUrlCanBeGone) {
  commit(refused("http://a/", 404, "t1"));
  EXPECT_EQ(column("gone_at"), "t1");
}

TEST_F(PageStoreTest, AGoodAnswerEndsBeingGone) {
  commit(refused("http://a/", 410, "t1"));
  commit(answered("http://a/", "d1", "t2"));
  EXPECT_EQ(column("gone_at"), "NULL");
  commit(refused("http://a/", 404, "t3"));
  commit(refused("http://a/", 304, "t4"));
  EXPECT_EQ(column("gone_at"), "NULL");
}

TEST_F(PageStoreTest, LinksAreReplacedWithTheContent) {
  PageOutcome page = answered("http://a/");
  page.links = {{.url = "http://b/", .fragment = "top", .kind = "a", .rel = "nofollow", .text = "B"},
                {.url = "http://b/", .fragment = "", .kind = "a", .rel = "", .text = "again"}};
  commit(page);
  EXPECT_THAT(rows("SELECT page_id, url, fragment, kind, rel, text FROM link ORDER BY position"),
              ElementsAre(ElementsAre("1", "http://b/", "top", "a", "nofollow", "B"),
                          ElementsAre("1", "http://b/", "", "a", "", "again")));
  page.links = {{.url = "http://c/", .fragment = "", .kind = "a", .rel = "", .text = ""}};
  commit(page);
  EXPECT_EQ(value("SELECT url FROM link"), "http://c/");
}

TEST_F(PageStoreTest, LinksStayWithTheLastGoodAnswer) {
  PageOutcome page = answered("http://a/");
  page.links = {{.url = "http://b/", .fragment = "", .kind = "a", .rel = "", .text = ""}};
  commit(page);
  commit(failed("http://a/", "timeout"));
  EXPECT_EQ(value("SELECT url FROM link"), "http://b/");
}

TEST_F(PageStoreTest, EveryFetchIsARowOfItsPage) {
  commit(answered("http://other/"));
  PageOutcome page = failed("http://a/", "timeout");
  page.fetches = {{.url = "http://a/", .error = "timeout"},
                  {.url = "http://a/",
                   .hop = 1,
                   .attempt = 2,
                   .started_ms = 1.5,
                   .dns_ms = 0.25,
                   .status = 503,
                   .bytes = 10,
                   .http_version = "2",
                   .reused = true,
                   .ip = "::1"}};
  commit(page, 4);
  commit(page, 5);
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "4");
  EXPECT_THAT(
      rows("SELECT run_id, page_id, kind, hop, attempt, started_ms, dns_ms, connect_ms, status, error, bytes,"
           " http_version, reused, ip FROM fetch WHERE id <= 2"),
      ElementsAre(ElementsAre("4", "2", "page", "0", "1", "0.0", "NULL", "NULL", "NULL", "timeout", "0",
                              "NULL", "0", "NULL"),
                  ElementsAre("4", "2", "page", "1", "2", "1.5", "0.25", "NULL", "503", "NULL", "10", "2",
                              "1", "::1")));
}

TEST_F(PageStoreTest, AFetchOfRobotsBelongsToNoPage) {
  Batch batch;
  batch.fetches.push_back({.url = "http://a/robots.txt", .kind = "robots"});
  store_.commit(batch, 1);
  EXPECT_THAT(rows("SELECT kind, page_id FROM fetch"), ElementsAre(ElementsAre("robots", "NULL")));
  EXPECT_THAT(rows("SELECT * FROM page"), IsEmpty());
}

TEST_F(PageStoreTest, ALineIsJoinedToItsPageWheneverThatComes) {
  Batch lines;
  lines.seeds = {{.line = 1, .given = "HTTP://A", .url = "http://a/", .outcome = "accepted"},
                 {.line = 2, .given = "http://a/", .url = "http://a/", .outcome = "duplicate"},
                 {.line = 3, .given = "nonsense", .url = std::nullopt, .outcome = "rejected: no URL"}};
  store_.commit(lines, 1);
  EXPECT_EQ(value("SELECT count(page_id) FROM seed"), "0");
  commit(answered("http://a/"));
  EXPECT_THAT(rows("SELECT line, given, page_id, outcome FROM seed ORDER BY line"),
              ElementsAre(ElementsAre("1", "HTTP://A", "1", "accepted"),
                          ElementsAre("2", "http://a/", "1", "duplicate"),
                          ElementsAre("3", "nonsense", "NULL", "rejected: no URL")));
}

TEST_F(PageStoreTest, ABatchIsWrittenWholeOrNotAtAll) {
  Batch batch;
  batch.pages = {answered("http://a/"), answered("http://b/")};
  batch.seeds = {{.line = 1, .given = "x", .url = std::nullopt, .outcome = "rejected"},
                 {.line = 1, .given = "y", .url = std::nullopt, .outcome = "rejected"}};
  EXPECT_NE(error_of([&] { store_.commit(batch, 1); }), "");
  EXPECT_EQ(value("SELECT count(*) FROM page"), "0");
  batch.seeds.pop_back();
  store_.commit(batch, 1);
  EXPECT_EQ(value("SELECT count(*) FROM page"), "2");
}

// A run whose database was deleted under it went on to its end with code 0, and every page was lost.
TEST_F(PageStoreTest, FailsWhereTheDatabaseWasDeletedOrReplaced) {
  commit(answered("http://a/"));
  std::filesystem::rename(path(), path("aside"));
  EXPECT_THAT(error_of([&] { commit(answered("http://b/")); }), HasSubstr("was moved, deleted or replaced"));
  std::ofstream(path()) << "another file";
  EXPECT_THAT(error_of([&] { commit(answered("http://b/")); }), HasSubstr("was moved, deleted or replaced"));
  std::filesystem::rename(path("aside"), path());
  commit(answered("http://b/"));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "2");
}

TEST_F(PageStoreTest, TheSameUrlTwiceInABatchIsOneRow) {
  Batch batch;
  batch.pages = {failed("http://a/", "timeout"), answered("http://a/")};
  store_.commit(batch, 1);
  EXPECT_THAT(rows("SELECT error FROM page"), ElementsAre(ElementsAre("NULL")));
}

}  // namespace
}  // namespace storage
