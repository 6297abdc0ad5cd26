// `crawl get URL`: one page as JSON, to try selectors on.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/crawl_test.h"
#include "tests/support/raw_server.h"

namespace e2e {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kShop =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    "<title>A shop</title><h1>Knives &amp; forks</h1><ul>"
    "<li class=item><a href=/knife>Knife</a> <b data-amount=7>7.00</b>"
    "<li class=item><a href=/fork>Fork</a></ul>";

class Get : public CrawlTest {
 protected:
  Result get(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"get", shop_.url()});
    return crawl(std::move(arguments));
  }
  std::string url(const std::string& path) const {
    return shop_.url().substr(0, shop_.url().rfind('/')) + path;
  }

  test_support::RawServer shop_{std::string(kShop)};
};

TEST_F(Get, PrintsWhatAPageHolds) {
  const Result result = get({});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_THAT(result.err, IsEmpty());
  const json page = json::parse(result.out);
  EXPECT_EQ(page["url"], shop_.url());
  EXPECT_EQ(page["status"], 200);
  EXPECT_EQ(page["error"], nullptr);
  EXPECT_EQ(page["title"], "A shop");
  EXPECT_EQ(page["meta"]["headings"][0]["text"], "Knives & forks");
  EXPECT_EQ(page["text"], "Knives & forks\nKnife 7.00\nFork");
  EXPECT_FALSE(page.contains("links"));
}

TEST_F(Get, PrintsTheLinksWhenAskedTo) {
  const json page = json::parse(get({"--store", "links"}).out);
  EXPECT_EQ(page["links"][1]["url"], url("/fork"));
  EXPECT_EQ(page["links"][1]["text"], "Fork");
  EXPECT_EQ(page["text"], nullptr);
}

TEST_F(Get, PrintsTheFieldsAlone) {
  const Result result = get({"--select", "title=h1", "--select", "links[]=a@href"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_EQ(json::parse(result.out),
            json({{"title", "Knives & forks"}, {"links", {url("/knife"), url("/fork")}}}));
  EXPECT_LT(result.out.find("title"), result.out.find("links")) << "in the order they were asked for";
}

TEST_F(Get, PrintsAnObjectForEachItem) {
  const Result result = get({"--each", "li.item", "--select", "name=a", "--select", "price=b@data-amount"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_EQ(json::parse(result.out),
            json({{{"name", "Knife"}, {"price", "7"}}, {{"name", "Fork"}, {"price", nullptr}}}));
}

TEST_F(Get, SaysWhatNothingMatches) {
  const Result result = get({"--select", "title=h1", "--select", "price=.cost"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_EQ(result.err, "crawl: nothing matches 'price'\n");
  EXPECT_EQ(json::parse(result.out)["price"], nullptr);
  EXPECT_EQ(get({"--each", "table", "--select", "a=a"}).err, "crawl: nothing matches --each\n");
}

TEST_F(Get, PointsAtAFaultBeforeItFetches) {
  const Result result = crawl({"get", server_.url("/page/1"), "--select", "title=h1..x"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.out, IsEmpty());
  EXPECT_THAT(result.err, HasSubstr("\n  title=h1..x\n"));
  EXPECT_THAT(result.err, HasSubstr("^"));
  EXPECT_EQ(server_.traffic().counts().requests, 0U);
}

TEST_F(Get, FailsWithAPageThatDoesNotCome) {
  const Result missing = crawl({"get", server_.url("/status/404")});
  EXPECT_THAT(missing, ExitsWith(1));
  EXPECT_THAT(missing.err, HasSubstr("status 404"));
  EXPECT_EQ(json::parse(missing.out)["status"], 404);
  const Result reset = crawl({"get", server_.url("/reset"), "--retries", "0", "--select", "title=h1"});
  EXPECT_THAT(reset, ExitsWith(1));
  EXPECT_THAT(reset.out, IsEmpty());
  EXPECT_THAT(reset.err, HasSubstr("/reset: "));
}

TEST_F(Get, SaysThatThereIsNothingToSelectFrom) {
  const Result result = crawl({"get", server_.url("/binary"), "--select", "title=h1"});
  EXPECT_THAT(result, ExitsWith(1));
  EXPECT_THAT(result.err, HasSubstr("no HTML"));
}

TEST_F(Get, WantsOneUrl) {
  EXPECT_THAT(crawl({"get"}), ExitsWith(2));
  EXPECT_THAT(crawl({"get", "urls.txt", "x"}), ExitsWith(2));
  EXPECT_THAT(crawl({"get", "/etc/passwd"}), ExitsWith(2));
}

TEST_F(Get, TakesANameForAUrlThoughAFileHasIt) {
  write("a.invalid", lines_of(server_, numbered("/page/", 5)));
  EXPECT_THAT(crawl({"get", "a.invalid", "--retries", "0", "--dns-servers", "127.0.0.1:1"}), ExitsWith(1));
  EXPECT_EQ(server_.traffic().counts().requests, 0U);
}

TEST_F(Get, FailsWhenWhatItPrintsCannotBeWritten) {
  test_support::Process shell({.program = "/bin/bash",
                               .arguments = {"-c", CRAWL_PROGRAM " get " + shop_.url() + " >&-"},
                               .directory = dir_.path()});
  const Result closed = finish(shell);
  EXPECT_THAT(closed, ExitsWith(3));
  EXPECT_THAT(closed.err, HasSubstr("standard output"));
}

TEST_F(Get, TouchesNoFile) {
  get({});
  EXPECT_TRUE(std::filesystem::is_empty(dir_.path()));
}

}  // namespace
}  // namespace e2e
