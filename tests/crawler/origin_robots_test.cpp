#include "crawler/origin_robots.h"

#include <string>

#include <gtest/gtest.h>

#include "parse/robots_lines.h"

namespace crawler {
namespace {

constexpr std::int64_t kNow = 2'000'000'000;

parse::Url url(const std::string& text) { return *parse::Url::parse(text); }

Answer asked() { return Answer(url("https://example.com:8443/robots.txt"), std::nullopt, Purpose::robots); }

storage::RobotsRow answered(int status, const std::string& body = "") {
  Answer answer = asked();
  http::Response response;
  response.status = status;
  response.body = body;
  answer.response = std::move(response);
  return robots_row(answer, kNow);
}

storage::RobotsRow failed(PageError error, std::optional<int> status = std::nullopt) {
  Answer answer = asked();
  answer.fetches.emplace_back().status = status;
  answer.response = std::unexpected(error);
  return robots_row(answer, kNow);
}

bool allows(const storage::RobotsRow& row, const std::string& path = "/a") {
  return read_robots(row, "crawl").allows(url("https://example.com:8443" + path));
}

// RFC 9309, 2.3.1.1: "If the crawler successfully downloads the robots.txt file, the crawler MUST follow the
// parseable rules."
TEST(OriginRobots, FollowsTheRulesForItsOwnName) {
  const auto row =
      answered(200, "User-agent: *\nDisallow: /\n\nUser-agent: crawl\nDisallow: /b\nCrawl-delay: 2");
  EXPECT_EQ(row.origin, "https://example.com:8443");
  EXPECT_TRUE(allows(row, "/a"));
  EXPECT_FALSE(allows(row, "/b"));
  EXPECT_EQ(read_robots(row, "crawl").rules.crawl_delay(), std::chrono::seconds(2));
  EXPECT_FALSE(read_robots(row, "").allows(url("https://example.com:8443/a")));
}

// RFC 9309, 2.3.1.2: "If there are more than five consecutive redirections, crawlers MAY assume that the
// robots.txt file is unavailable."
TEST(OriginRobots, TakesAChainWithoutEndForUnavailable) {
  EXPECT_TRUE(allows(failed(PageError::redirect_limit, 302)));
  EXPECT_TRUE(allows(failed(PageError::bad_redirect, 301)));
  EXPECT_TRUE(allows(answered(301))) << "without a Location";
}

// RFC 9309, 2.3.1.3: "If a server status code indicates that the robots.txt file is unavailable to the
// crawler, then the crawler MAY access any resources on the server."
TEST(OriginRobots, AllowsAllWhereThereIsNone) {
  EXPECT_TRUE(allows(answered(404, "User-agent: *\nDisallow: /")));
  EXPECT_TRUE(allows(answered(403)));
  EXPECT_EQ(answered(404, "not found").body, "");
}

// RFC 9309, 2.3.1.4: "If the robots.txt file is unreachable due to server or network errors ... the crawler
// MUST assume complete disallow."
TEST(OriginRobots, AllowsNothingWhereItIsUnreachable) {
  for (const auto& row : {answered(500), answered(503), answered(429), failed(PageError::timeout),
                          failed(PageError::truncated, 200), failed(PageError::too_large, 200)}) {
    EXPECT_FALSE(allows(row)) << row.status;
    EXPECT_TRUE(read_robots(row, "crawl").is_unreachable) << row.status;
  }
}

// RFC 9309, 2.5: "Crawlers SHOULD impose a parsing limit to protect their systems; ... The parsing limit MUST
// be at least 500 kibibytes."
TEST(OriginRobots, KeepsAsMuchOfItAsIsRead) {
  EXPECT_EQ(answered(200, std::string(1'000'000, '#')).body.size(), parse::RobotsLines::max_size);
}

// RFC 9309, 2.4: "Crawlers SHOULD NOT use the cached version for more than 24 hours, unless the robots.txt
// file is unreachable."
TEST(OriginRobots, CountsForADay) {
  for (const auto& row : {answered(200), answered(404), failed(PageError::redirect_limit, 302)}) {
    EXPECT_EQ(time_left(row, kNow + 100), std::chrono::seconds(86'300));
    EXPECT_FALSE(is_current(row, kNow + 86'400));
    EXPECT_FALSE(is_current(row, kNow - 1)) << "of a clock that was set back";
  }
}

TEST(OriginRobots, IsSoonAskedForAgainWhereItIsUnreachable) {
  EXPECT_TRUE(is_current(answered(503), kNow + 599));
  EXPECT_FALSE(is_current(answered(503), kNow + 600));
}

TEST(OriginRobots, LeavesToTheLookUpHowLongANameLeadsNowhere) {
  EXPECT_FALSE(is_current(failed(PageError::dns), kNow));
}

TEST(OriginRobots, KeepsThatARedirectOfItLedNowhere) {
  Answer answer = asked();
  answer.hops.emplace_back("https://example.com:8443/robots.txt");
  answer.response = std::unexpected(PageError::dns);
  EXPECT_TRUE(is_current(robots_row(answer, kNow), kNow));
}

}  // namespace
}  // namespace crawler
