#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using List = CrawlTest;
using testing::HasSubstr;

TEST_F(List, EndsEachPageAsOneRow) {
  list(numbered("/page/", 300));
  EXPECT_THAT(crawl({"-c", "20", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "300");
  const std::string title = "'Page ' || substr(url, length('" + server_.url("/page/") + "') + 1)";
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL AND title = " + title),
            "300");
}

TEST_F(List, FetchesEachPageOnce) {
  list(numbered("/page/", 300));
  crawl({"-c", "20", "urls.txt"});
  for (const std::string& path : numbered("/page/", 300)) EXPECT_EQ(requests_for(path), 1u) << path;
  EXPECT_EQ(server_.traffic().counts().requests, 300u);
}

TEST_F(List, HasAsManyRequestsOpenAsItsConcurrencyAndNeverMore) {
  list(numbered("/delay/10/", 200));
  EXPECT_THAT(crawl({"--concurrency", "7", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(server_.traffic().counts().max_open_requests, 7u);
}

TEST_F(List, WaitsForAllSlowPagesAtOnce) {
  list(numbered("/delay/1000/", 20));
  const Result result = crawl({"urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_GE(result.wall, 1s);
  EXPECT_LT(result.wall, 5s);
  EXPECT_EQ(server_.traffic().counts().max_open_requests, 20u);
}

TEST_F(List, FetchesAUrlOnceHoweverOftenItIsListed) {
  list({"/page/1", "/page/2", "/page/1", "/page/1"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(requests_for("/page/1"), 1u);
  EXPECT_EQ(value("SELECT count(*) FROM page"), "2");
  EXPECT_EQ(value("SELECT group_concat(line) FROM seed WHERE outcome = 'duplicate'"), "3,4");
}

TEST_F(List, KnowsAUrlByAnySpelling) {
  const std::string port = std::to_string(server_.port());
  write("urls.txt", "http://127.0.0.1:" + port + "/page/1\nHTTP://127.0.0.1:" + port +
                        "/page/1#part\nhttp://0x7f.1:" + port + "/x/../page/1\n  http://127.1:" + port +
                        "/./page/1 \n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(server_.traffic().counts().requests, 1u);
  EXPECT_EQ(value("SELECT count(*) FROM page"), "1");
  EXPECT_EQ(value("SELECT group_concat(line) FROM seed JOIN page ON page.id = page_id WHERE status = 200"),
            "2,3,4");
}

TEST_F(List, KnowsAHostInAnyCase) {
  const std::string port = std::to_string(server_.port());
  write("urls.txt", "http://LOCALHOST:" + port + "/page/1\nhttp://localhost:" + port + "/page/1\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(requests_for("/page/1"), 1u);
  EXPECT_EQ(value("SELECT url FROM page"), "http://localhost:" + port + "/page/1");
  EXPECT_EQ(value("SELECT count(*) FROM seed JOIN page ON page.id = page_id"), "2");
}

TEST_F(List, TakesTheDefaultPortForNone) {
  write("urls.txt", "http://name.invalid/a\nhttp://name.invalid:80/a\n");
  crawl({"urls.txt"});
  EXPECT_EQ(value("SELECT url FROM page"), "http://name.invalid/a");
  EXPECT_EQ(value("SELECT page_id = (SELECT id FROM page) FROM seed WHERE line = 2"), "1");
}

TEST_F(List, JoinsEachLineToItsFate) {
  write("urls.txt",
        "# a comment\n" + server_.url("/page/1") + "\n\n" + server_.url("/page/1#x") + "\nhttp://[bad\n");
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT given FROM seed WHERE line = 4"), server_.url("/page/1#x"));
  EXPECT_EQ(value("SELECT url FROM seed JOIN page ON page.id = page_id WHERE line = 4"),
            server_.url("/page/1"));
  EXPECT_EQ(value("SELECT given FROM seed WHERE line = 5 AND page_id IS NULL AND outcome LIKE 'rejected%'"),
            "http://[bad");
}

TEST_F(List, FetchesEverythingAgainTheNextTime) {
  list(numbered("/page/", 50));
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  for (const std::string& path : numbered("/page/", 50)) EXPECT_EQ(requests_for(path), 2u) << path;
  EXPECT_EQ(value("SELECT count(*) FROM page"), "50");
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run WHERE state = 'finished'"), "2");
}

TEST_F(List, KeepsTheContentOfPagesThatFailTheNextTime) {
  list(numbered("/page/", 50));
  crawl({"urls.txt"});
  server_.answer_all(503);
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "50");
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 503 AND error IS NULL"), "50");
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE title LIKE 'Page %' AND text LIKE '%the text of page%'"),
            "50");
  EXPECT_EQ(value("SELECT count(*) FROM run"), "2");
}

TEST_F(List, KeepsTheStatusOfPagesThatGiveNoAnswerTheNextTime) {
  list({"/page/1"});
  crawl({"urls.txt"});
  server_.answer("/page/1", {.delay = 60s});
  EXPECT_THAT(crawl({"--timeout", "300ms", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("status || ' ' || error || ' ' || title", "/page/1"), "200 timeout Page 1");
}

TEST_F(List, TakesUrlsAndFilesTogether) {
  list({"/page/1"});
  write("more.txt", server_.url("/page/2") + "\n");
  EXPECT_THAT(crawl({"urls.txt", server_.url("/page/3"), "more.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "3");
}

TEST_F(List, CountsAnAnswerOf400AndMoreAsFailed) {
  list({"/page/1", "/status/404", "/status/500", "/status/204"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(
      value("SELECT group_concat(status) FROM (SELECT status FROM page WHERE error IS NULL ORDER BY status)"),
      "200,204,404,500");
  EXPECT_EQ(rows("SELECT ok, failed, skipped, left, exit_code FROM run"),
            (std::vector<std::vector<std::string>>{{"2", "2", "0", "0", "1"}}));
}

TEST_F(List, SaysWhoItIs) {
  list({"/page/1"});
  crawl({"--user-agent", "example/1.0", "urls.txt"});
  EXPECT_THAT(server_.traffic().of("/page/1").last_head, HasSubstr("User-Agent: example/1.0\r\n"));
}

}  // namespace
}  // namespace e2e
