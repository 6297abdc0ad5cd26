#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Redirect = CrawlTest;

TEST_F(Redirect, EndsAsTheRowOfTheGivenUrl) {
  list({"/redirect/3"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "1");
  EXPECT_EQ(page("status || ' ' || title", "/redirect/3"), "200 Page 0");
  EXPECT_EQ(page("final_url", "/redirect/3"), server_.url("/page/0"));
}

TEST_F(Redirect, TellsItsHopsInOrder) {
  list({"/redirect/3"});
  crawl({"urls.txt"});
  EXPECT_EQ(value("SELECT group_concat(value, ' ') FROM page, json_each(hops)"),
            server_.url("/redirect/3") + " " + server_.url("/redirect/2") + " " + server_.url("/redirect/1"));
}

TEST_F(Redirect, IsAFetchOfItsOwnAtEachHop) {
  list({"/redirect/2"});
  crawl({"urls.txt"});
  const std::vector<std::vector<std::string>> expected = {{"0", server_.url("/redirect/2"), "302"},
                                                          {"1", server_.url("/redirect/1"), "302"},
                                                          {"2", server_.url("/page/0"), "200"}};
  EXPECT_EQ(rows("SELECT hop, url, status FROM fetch ORDER BY hop"), expected);
  EXPECT_EQ(value("SELECT count(*) FROM fetch JOIN page ON page.id = page_id"), "3");
}

TEST_F(Redirect, FetchesATargetThatIsListedTooForItself) {
  list({"/redirect/1", "/page/0"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND title = 'Page 0'"), "2");
}

TEST_F(Redirect, GoesToAnotherPathOfTheServerByAnAbsoluteUrl) {
  list({"/redirect-to?" + server_.url("/page/5")});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT title FROM page"), "Page 5");
}

TEST_F(Redirect, EndsALoop) {
  list({"/redirect-loop", "/page/1"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/redirect-loop"), "redirect_limit");
  EXPECT_EQ(page("status", "/page/1"), "200");
}

TEST_F(Redirect, GoesAsFarAsAllowed) {
  list({"/redirect/10"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
}

TEST_F(Redirect, EndsBeyondWhatIsAllowed) {
  list({"/redirect/3", "/redirect/4"});
  EXPECT_THAT(crawl({"--max-redirects", "3", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/redirect/3"), "NULL");
  EXPECT_EQ(page("error", "/redirect/4"), "redirect_limit");
}

TEST_F(Redirect, LeadsNowhereButToHttp) {
  list({"/redirect-to?ftp://127.0.0.1/x", "/redirect-to?file:///etc/passwd", "/redirect-to?http://[bad"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'bad_redirect'"), "3");
}

TEST_F(Redirect, WithoutALocationIsAnAnswer) {
  server_.answer("/nowhere", {.status = 302, .body = "<title>Stay</title>"});
  list({"/nowhere"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
  EXPECT_EQ(page("status", "/nowhere"), "302");
}

}  // namespace
}  // namespace e2e
