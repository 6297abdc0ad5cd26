// `--ignore-tracking`: URLs that differ in tracking parameters alone are one page.
#include <string>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Tracking = CrawlTest;

TEST_F(Tracking, MakesOnePageOfUrlsThatDifferInItAlone) {
  list({"/page/1?utm_source=mail", "/page/1?utm_source=web&fbclid=x", "/page/1", "/page/2?a=1&gclid=y&b=2"});
  EXPECT_THAT(crawl({"--ignore-tracking", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page"), "2");
  EXPECT_EQ(page("status", "/page/1"), "200");
  EXPECT_EQ(page("status", "/page/2?a=1&b=2"), "200");
  EXPECT_EQ(value("SELECT count(*) FROM seed WHERE outcome = 'duplicate' AND page_id IS NOT NULL"), "2");
}

TEST_F(Tracking, ReachesTheServerAllTheSame) {
  list({"/page/1?utm_source=mail"});
  crawl({"--ignore-tracking", "urls.txt"});
  EXPECT_EQ(requests_for("/page/1?utm_source=mail"), 1U);
  EXPECT_EQ(value("SELECT url FROM fetch"), server_.url("/page/1?utm_source=mail"));
}

TEST_F(Tracking, IsPartOfAUrlByDefault) {
  list({"/page/1?utm_source=mail", "/page/1"});
  crawl({"urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM page"), "2");
}

TEST_F(Tracking, IsIgnoredByAResumedRunToo) {
  list({"/page/1?utm_source=mail", "/page/2", "/page/1?utm_source=web"});
  EXPECT_THAT(crawl({"--ignore-tracking", "--sequential", "--max-pages", "1", "urls.txt"}), ExitsWith(5));
  EXPECT_THAT(crawl({"--ignore-tracking", "--resume", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(requests_for("/page/1?utm_source=web"), 0U);
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "2");
}

}  // namespace
}  // namespace e2e
