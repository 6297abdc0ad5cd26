#include <string>
#include <utility>
#include <vector>

#include "crawler/page_error.h"
#include "tests/crawler/crawl_fixture.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using test_support::Answer;
using testing::ElementsAre;
using testing::IsEmpty;

/// Crawls that follow links, on a web of a few pages.
class FollowTest : public CrawlTest {
 protected:
  FollowTest() {
    config_.following.emplace();
    config_.per_host = 8;
    config_.user_agent = "crawl/1.0";
    server_.answer_all(404);
    list(url("/") + "\n");
  }
  /// A page of links.
  void page(const std::string& path, const std::vector<std::string>& links, const std::string& head = "") {
    std::string html = "<title>" + path + "</title>" + head;
    for (const std::string& link : links) html += "<a href='" + link + "'>x</a>";
    server_.answer(path, {.body = html});
  }
  void robots(const std::string& text, int status = 200) {
    server_.answer("/robots.txt", {.status = status, .body = text, .content_type = "text/plain"});
  }
  std::size_t requests(const std::string& path) const { return server_.traffic().of(path).requests(); }
  /// The paths of the pages with a status, in order.
  std::vector<std::string> pages(const std::string& condition = "status = 200") const {
    std::vector<std::string> paths;
    for (const auto& row : test_support::SqliteQuery(config_.database)
                               .rows("SELECT substr(url, " + std::to_string(url("").size() + 1) +
                                     ") FROM page WHERE " + condition + " ORDER BY url"))
      paths.push_back(row.front());
    return paths;
  }
  std::string skipped(const std::string& reason) const {
    return value("SELECT coalesce(sum(urls), 0) FROM skipped WHERE reason = '" + reason +
                 "' AND run_id = (SELECT max(id) FROM run)");
  }
};

TEST_F(FollowTest, FetchesAllThatPagesLeadTo) {
  page("/", {"a", "b#part", "/c?q=1"});
  page("/a", {"b", "/d"});
  page("/b", {"/"});
  page("/c?q=1", {});
  page("/d", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages(), ElementsAre("/", "/a", "/b", "/c?q=1", "/d"));
  for (const char* path : {"/", "/a", "/b", "/c?q=1", "/d", "/robots.txt"}) EXPECT_EQ(requests(path), 1U);
}

TEST_F(FollowTest, TellsHowDeepAndFromWhere) {
  page("/", {"a"});
  page("/a", {"b"});
  page("/b", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(value("SELECT depth FROM page WHERE url LIKE '%/b'"), "2");
  EXPECT_EQ(value("SELECT referrer FROM page WHERE url LIKE '%/b'"), url("/a"));
}

TEST_F(FollowTest, FollowsWhatLeadsAReaderOn) {
  page("/", {},
       "<link rel=next href=n><link rel=canonical href=c><link rel=alternate href=alt>"
       "<link rel=stylesheet href=s.css><link rel='alternate stylesheet' href=t.css><link rel=icon href=i>"
       "<meta http-equiv=refresh content='9;url=m'><iframe src=f></iframe><img src=p><script src=j></script>"
       "<form action=form></form><map><area href=area></map>");
  crawl();
  EXPECT_THAT(pages("depth = 1"), ElementsAre("/alt", "/area", "/c", "/f", "/m", "/n"));
}

TEST_F(FollowTest, AFoundPageThatFailsDoesNotFailTheRun) {
  page("/", {"gone"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(report_.failed, 1);
  EXPECT_EQ(value("SELECT listed || ' ' || ok || ' ' || failed FROM run"), "1 1 1");
}

TEST_F(FollowTest, FollowsNoLinkOfAPageThatFailed) {
  server_.answer("/", {.status = 404, .body = "<a href=a>"});
  EXPECT_EQ(crawl(), 1);
  EXPECT_EQ(requests("/a"), 0U);
}

TEST_F(FollowTest, ARedirectEndsItsUrl) {
  page("/", {"a"});
  server_.answer("/a", {.status = 301, .headers = {"Location: /b"}});
  page("/b", {"c"});
  page("/c", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(value("SELECT status || ' ' || final_url FROM page WHERE url LIKE '%/a'"), "301 " + url("/b"));
  EXPECT_EQ(value("SELECT depth || ' ' || referrer FROM page WHERE url LIKE '%/b'"), "1 " + url("/a"));
  EXPECT_EQ(requests("/b"), 1U);
}

TEST_F(FollowTest, ACircleOfRedirectsEnds) {
  page("/", {"a"});
  server_.answer("/a", {.status = 301, .headers = {"Location: /b"}});
  server_.answer("/b", {.status = 301, .headers = {"Location: /a"}});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(requests("/a") + requests("/b"), 2U);
}

TEST_F(FollowTest, AnEndlessChainOfRedirectsEnds) {
  config_.max_redirects = 3;
  page("/", {"0"});
  for (int i = 0; i < 10; ++i)
    server_.answer("/" + std::to_string(i),
                   {.status = 302, .headers = {"Location: /" + std::to_string(i + 1)}});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages("error = 'redirect_limit'"), ElementsAre("/3"));
}

TEST_F(FollowTest, StopsAfterSoManyPages) {
  page("/", {"a", "b", "c", "d"});
  for (const char* path : {"/a", "/b", "/c", "/d"}) page(path, {});
  config_.max_pages = 3;
  EXPECT_EQ(crawl(), 5);
  EXPECT_EQ(count("page"), "3");
  EXPECT_EQ(report_.left, 2);
}

TEST_F(FollowTest, IsDoneWhenThereAreJustSoManyPages) {
  page("/", {"a"});
  page("/a", {"/"});
  config_.max_pages = 2;
  EXPECT_EQ(crawl(), 0);
}

TEST_F(FollowTest, GoesOnWhereItWasStopped) {
  page("/", {"a", "b", "c", "d"});
  for (const char* path : {"/a", "/b", "/c", "/d"}) page(path, {std::string(path) + "/1"});
  config_.max_pages = 3;
  EXPECT_EQ(crawl(), 5);
  config_.max_pages.reset();
  config_.resumes = true;
  crawl();
  for (const char* path : {"/", "/a", "/b", "/c", "/d", "/a/1", "/d/1"})
    EXPECT_EQ(requests(path), 1U) << path;
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "1");
}

TEST_F(FollowTest, AJobOfAnotherScopeIsANewOne) {
  page("/", {"a"});
  config_.max_pages = 1;
  EXPECT_EQ(crawl(), 5);
  config_.resumes = true;
  config_.following->max_depth = 3;
  crawl();
  EXPECT_EQ(value("SELECT count(DISTINCT job_id) FROM run"), "2");
}

TEST_F(FollowTest, LeavesAloneWhatRobotsTxtForbids) {
  robots("User-agent: *\nDisallow: /private");
  page("/", {"private", "private/1", "a"});
  page("/a", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages("1"), ElementsAre("/", "/a"));
  EXPECT_EQ(requests("/private"), 0U);
  EXPECT_EQ(skipped("robots"), "2");
}

TEST_F(FollowTest, FetchesWhatWasGivenThoughRobotsTxtForbidsIt) {
  robots("User-agent: *\nDisallow: /");
  page("/", {"a"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages("1"), ElementsAre("/"));
}

TEST_F(FollowTest, ObeysRobotsTxtForWhatWasGivenIfAsked) {
  config_.robots = Robots::obey;
  robots("User-agent: *\nDisallow: /");
  page("/", {"a"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages("error = 'robots'"), ElementsAre("/"));
  EXPECT_EQ(requests("/"), 0U);
  EXPECT_EQ(skipped("robots"), "1");
}

TEST_F(FollowTest, ObeysRobotsTxtForAListIfAsked) {
  config_.following.reset();
  config_.robots = Robots::obey;
  robots("User-agent: *\nDisallow: /b");
  page("/a", {});
  list(url("/a") + "\n" + url("/b") + "\n");
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages("error = 'robots'"), ElementsAre("/b"));
  EXPECT_THAT(pages(), ElementsAre("/a"));
}

TEST_F(FollowTest, ARobotsTxtThatFailsForbidsAll) {
  robots("", 503);
  config_.retries = 0;
  page("/", {"a", "b"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(requests("/robots.txt"), 3U);
  EXPECT_THAT(pages("1"), ElementsAre("/"));
  EXPECT_EQ(skipped("robots_unreachable"), "2");
}

TEST_F(FollowTest, KeepsRobotsTxtForTheNextRun) {
  robots("User-agent: *\nDisallow: /private");
  page("/", {"private", "a"});
  crawl();
  crawl();
  EXPECT_EQ(requests("/robots.txt"), 1U);
  EXPECT_EQ(requests("/private"), 0U);
}

TEST_F(FollowTest, TellsOfRobotsTxtAmongTheFetches) {
  page("/", {"a"});
  crawl();
  EXPECT_EQ(value("SELECT status || ' ' || url FROM fetch WHERE kind = 'robots'"),
            "404 " + url("/robots.txt"));
}

TEST_F(FollowTest, LeavesRobotsTxtAloneIfAsked) {
  config_.robots = Robots::ignore;
  robots("User-agent: *\nDisallow: /");
  page("/", {"a"});
  page("/a", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages(), ElementsAre("/", "/a"));
  EXPECT_EQ(requests("/robots.txt"), 0U);
}

TEST_F(FollowTest, EndsOtherTypesWithARow) {
  config_.accept = {"text/html"};
  page("/", {"a.png", "b"});
  page("/b", {});
  server_.answer("/a.png", {.body = std::string(100'000, 'x'), .content_type = "image/png"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(value("SELECT error || ' ' || status FROM page WHERE url LIKE '%png'"), "type 200");
  EXPECT_EQ(skipped("type"), "1");
  EXPECT_EQ(report_.failed, 0);
}

TEST_F(FollowTest, TakesUrlsFromSitemaps) {
  config_.following->takes_sitemaps = true;
  robots("Sitemap: " + url("/map.xml"));
  page("/", {"a"});
  page("/a", {});
  page("/hidden", {});
  server_.answer("/map.xml", {.body = "<sitemapindex><sitemap><loc>" + url("/part.xml") +
                                      "</loc></sitemap></sitemapindex>",
                              .content_type = "application/xml"});
  server_.answer("/part.xml", {.body = "<urlset><url><loc>" + url("/hidden") + "</loc></url></urlset>",
                               .content_type = "application/xml"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages(), ElementsAre("/", "/a", "/hidden"));
  EXPECT_EQ(value("SELECT count(*) FROM fetch WHERE kind = 'sitemap'"), "2");
}

TEST_F(FollowTest, TakesUrlsFromSitemapsWherePagesLeadNowhere) {
  config_.following->takes_sitemaps = true;
  robots("User-agent: *\nDisallow: /\nSitemap: " + url("/map.xml"));
  page("/", {});
  page("/hidden", {});
  server_.answer("/map.xml", {.body = "<urlset><url><loc>" + url("/hidden") + "</loc></url></urlset>",
                              .content_type = "application/xml"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages(), ElementsAre("/"));
  EXPECT_EQ(skipped("robots"), "1");
  config_.robots = Robots::ignore;
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages(), ElementsAre("/", "/hidden"));
}

TEST_F(FollowTest, TakesUrlsFromASitemapThatIsGiven) {
  config_.following->takes_sitemaps = true;
  list(url("/map.xml") + "\n");
  server_.answer("/map.xml", {.body = "<urlset><url><loc>" + url("/hidden") + "</loc></url></urlset>",
                              .content_type = "application/xml"});
  page("/hidden", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(pages(), ElementsAre("/hidden", "/map.xml"));
}

TEST_F(FollowTest, LeavesLinksAloneThatAskForItIfAsked) {
  server_.answer("/", {.body = "<a rel='nofollow x' href=a></a><a href=b></a><a href=c></a>"});
  page("/b", {"d"}, "<meta name=robots content=nofollow>");
  server_.answer(
      "/c", {.body = "<a href=e></a>", .headers = {"X-Robots-Tag: noindex", "X-Robots-Tag: crawl: none"}});
  crawl();
  EXPECT_THAT(pages("1"), ElementsAre("/", "/a", "/b", "/c", "/d", "/e"));
  config_.following->honours_nofollow = true;
  config_.database = dir_.path() / "other.db";
  crawl();
  EXPECT_THAT(pages("1"), ElementsAre("/", "/b", "/c"));
  EXPECT_EQ(skipped("nofollow"), "3");
}

TEST_F(FollowTest, MakesAPauseBetweenRequests) {
  config_.delay = 30ms;
  page("/", {"a", "b", "c"});
  for (const char* path : {"/a", "/b", "/c"}) page(path, {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().max_open_requests, 1U);
  std::vector<std::chrono::steady_clock::time_point> asked;
  for (const char* path : {"/", "/a", "/b", "/c", "/robots.txt"})
    asked.push_back(server_.traffic().of(path).asked_at.front());
  std::ranges::sort(asked);
  for (std::size_t i = 1; i < asked.size(); ++i) EXPECT_GE(asked[i] - asked[i - 1], 30ms);
}

TEST_F(FollowTest, AsksAHostSoManyThingsAtOnce) {
  config_.per_host = 3;
  std::vector<std::string> links;
  for (int i = 0; i < 20; ++i) {
    links.push_back("/" + std::to_string(i));
    server_.answer(links.back(), {.body = "x", .delay = 20ms});
  }
  page("/", links);
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().max_open_requests, 3U);
}

TEST_F(FollowTest, AFoundUrlReachesNoPrivateAddressOfAnotherHost) {
  const test_support::TestServer other("127.0.0.2");
  config_.following->scope = ScopeKind::any;
  page("/", {other.url("/secret"), "a"});
  page("/a", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(other.traffic().counts().connections, 0U);
  EXPECT_EQ(value("SELECT error FROM page WHERE url = '" + other.url("/secret") + "'"), "blocked_address");
  EXPECT_EQ(pages(), (std::vector<std::string>{"/", "/a"}));
}

TEST_F(FollowTest, SendsTheUsersHeadersAndCredentialsToItsOriginAlone) {
  const test_support::TestServer other("127.0.0.2");
  config_.following->scope = ScopeKind::any;
  config_.private_network = PrivateNetwork::allow;
  config_.headers = {"Cookie: secret=1"};
  std::string given = url("/");
  list(given.insert(given.find("://") + 3, "user:pass@") + "\n");
  page("/", {"a", other.url("/b")});
  page("/a", {});
  EXPECT_EQ(crawl(), 0);
  EXPECT_THAT(server_.traffic().of("/a").last_head, testing::HasSubstr("secret=1"));
  EXPECT_THAT(server_.traffic().of("/a").last_head, testing::HasSubstr("Authorization: Basic"));
  EXPECT_THAT(server_.traffic().of("/robots.txt").last_head, testing::HasSubstr("secret=1"));
  for (const char* path : {"/b", "/robots.txt"}) {
    ASSERT_EQ(other.traffic().of(path).requests(), 1U);
    EXPECT_THAT(other.traffic().of(path).last_head, testing::Not(testing::HasSubstr("secret")));
    EXPECT_THAT(other.traffic().of(path).last_head, testing::Not(testing::HasSubstr("Authorization")));
  }
  EXPECT_EQ(count("page WHERE url LIKE '%pass%' OR referrer LIKE '%pass%'"), "0");
}

TEST_F(FollowTest, OneAtATimeFetchesTheSame) {
  config_.is_sequential = true;
  page("/", {"a", "b"});
  page("/a", {"c"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(traffic().max_open_requests, 1U);
  EXPECT_THAT(pages("1"), ElementsAre("/", "/a", "/b", "/c"));
}

TEST_F(FollowTest, AResumedRunSendsTheCredentialsThatAreGivenAgain) {
  std::string given = url("/");
  list(given.insert(given.find("://") + 3, "user:pass@") + "\n");
  page("/", {"a", "b"});
  for (const char* path : {"/a", "/b"}) page(path, {});
  config_.max_pages = 1;
  EXPECT_EQ(crawl(), 5);
  config_.max_pages.reset();
  config_.resumes = true;
  EXPECT_EQ(crawl(), 0);
  for (const char* path : {"/a", "/b"})
    EXPECT_THAT(server_.traffic().of(path).last_head, testing::HasSubstr("Authorization: Basic")) << path;
}

TEST_F(FollowTest, AsksNoOtherHostForASitemapThatItsRobotsTxtForbids) {
  test_support::TestServer other("127.0.0.2");
  other.answer("/robots.txt", {.body = "User-agent: *\nDisallow: /", .content_type = "text/plain"});
  config_.following->takes_sitemaps = true;
  config_.private_network = PrivateNetwork::allow;
  robots("Sitemap: /map.xml\nSitemap: " + other.url("/direct.xml"));
  page("/", {"a"});
  page("/a", {});
  server_.answer("/map.xml", {.body = "<sitemapindex><sitemap><loc>" + other.url("/part.xml") +
                                      "</loc></sitemap></sitemapindex>",
                              .content_type = "application/xml"});
  EXPECT_EQ(crawl(), 0);
  EXPECT_EQ(other.traffic().of("/robots.txt").requests(), 1U);
  EXPECT_EQ(other.traffic().counts().requests, 1U);
}

}  // namespace
}  // namespace crawler
