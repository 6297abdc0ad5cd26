// `--select` and `--each`: what is taken out of pages, in page.fields.
#include <string>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using Fields = CrawlTest;
using testing::HasSubstr;

TEST_F(Fields, AreKeptWithEachPage) {
  list({"/page/1", "/page/2"});
  EXPECT_THAT(
      crawl({"--select", "title=title", "--select", "first=a@href", "--select", "no=.none", "urls.txt"}),
      ExitsWith(0));
  EXPECT_EQ(value("SELECT fields ->> 'title' FROM page WHERE url LIKE '%/page/2'"), "Page 2");
  EXPECT_THAT(value("SELECT fields ->> 'first' FROM page WHERE url LIKE '%/page/2'"),
              testing::StartsWith("http://127.0.0.1:"));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE json_type(fields, '$.no') = 'null'"), "2");
}

TEST_F(Fields, AreAListOfItemsWithEach) {
  list({"/page/1"});
  crawl({"--each", "a", "--select", "to=@href", "--select", "text=", "urls.txt"});
  EXPECT_EQ(value("SELECT json_array_length(fields) = link_count FROM page"), "1");
  EXPECT_THAT(value("SELECT fields ->> '$[0].text' FROM page"), HasSubstr("Page "));
}

TEST_F(Fields, AreNullWhereTheyWereNotAskedForOrThereIsNoHtml) {
  list({"/binary"});
  crawl({"--select", "title=h1", "urls.txt"});
  crawl({server_.url("/page/1")});
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE fields IS NULL"), "2");
}

TEST_F(Fields, ThatAreNoneEndTheRunBeforeItBegins) {
  list({"/page/1"});
  for (const char* wrong : {"title=h1 >", "h1", "ti tle=h1", "x=p:hover()", "a=[", "a=p@"})
    EXPECT_THAT(crawl({"--select", wrong, "urls.txt"}), ExitsWith(2)) << wrong;
  EXPECT_THAT(crawl({"--select", "a=h1", "--select", "a=h2", "urls.txt"}), ExitsWith(2));
  EXPECT_THAT(crawl({"--each", "li", "urls.txt"}), ExitsWith(2));
  EXPECT_EQ(server_.traffic().counts().requests, 0U);
}

TEST_F(Fields, AreFoundOnAHostilePageInTime) {
  list({"/endless", "/large/5000000"});
  const Result result =
      crawl({"--max-body", "8M", "--retries", "0", "--timeout", "20s", "--select", "x[]=*", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE url LIKE '%/large/%' AND status = 200"), "1")
      << result.err;
}

}  // namespace
}  // namespace e2e
