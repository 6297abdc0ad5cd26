// Of robots.txt what RFC 9309 says nothing of: errors that are forgiven, Crawl-delay, Sitemap, the bound on
// work.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/robots.h"

namespace parse {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;
using testing::ElementsAre;
using testing::IsEmpty;

bool allows(std::string_view robots, std::string_view path) {
  const auto url = Url::parse("https://example.com" + std::string(path));
  return RobotsFile::parse(robots).rules_for("foobot").allows(url.value());
}

RobotsRules::Delay delay(std::string_view robots) {
  return RobotsFile::parse(robots).rules_for("foobot").crawl_delay();
}

RobotsRules::Delay delay_of(std::string_view value) {
  return delay("User-agent: *\nCrawl-delay: " + std::string(value));
}

TEST(RobotsSpelling, KeysAreForgiven) {
  for (const std::string key :
       {"Disallow", "DISALLOW", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "Disallowed"})
    EXPECT_FALSE(allows("User-agent: *\n" + key + ": /a\n", "/a")) << key;
  for (const std::string key : {"User-agent", "useragent", "USER AGENT", "User-agents"})
    EXPECT_FALSE(allows(key + ": foobot\nDisallow: /a\n", "/a")) << key;
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /\nAllowed: /a\n", "/a"));
  EXPECT_TRUE(allows("User-agent: *\nNo-disallow: /a\nDisall: /a\n", "/a"));
}

TEST(RobotsSpelling, AColonMayBeMissingBetweenTwoWords) {
  EXPECT_FALSE(allows("User-agent *\nDisallow \t /a # b\n", "/a"));
  EXPECT_TRUE(allows("User-agent *\nDisallow /a /b\n", "/a"));
  EXPECT_TRUE(allows("User-agent *\nDisallow/a\n", "/a"));
}

TEST(RobotsSpelling, AVersionOrWordsAfterATokenAreIgnored) {
  EXPECT_FALSE(allows("User-agent: foobot/2.1 (+https://example.com)\nDisallow: /a\n", "/a"));
  EXPECT_FALSE(allows("User-agent: * all robots\nDisallow: /a\n", "/a"));
  EXPECT_TRUE(allows("User-agent: *bot\nDisallow: /a\n", "/a"));
}

TEST(RobotsSpelling, APageOfHtmlHasNoRules) {
  constexpr std::string_view kPage =
      "<!DOCTYPE html>\n<html><head><title>Not found</title></head>\n<body style=\"a: b\">\n"
      "<p>User-agent: *</p>\n<p>Disallow: /</p>\n<a href=\"https://example.com/\">Home</a></body></html>\n";
  EXPECT_TRUE(allows(kPage, "/a"));
  EXPECT_THAT(RobotsFile::parse(kPage).sitemaps(), IsEmpty());
}

TEST(RobotsCrawlDelay, IsInSecondsWithDecimals) {
  EXPECT_EQ(delay_of("10"), 10'000ms);
  EXPECT_EQ(delay_of("0.5"), 500ms);
  EXPECT_EQ(delay_of(".25"), 250ms);
  EXPECT_EQ(delay_of("1."), 1000ms);
  EXPECT_EQ(delay_of("1.23456"), 1234ms);
  EXPECT_EQ(delay_of("0"), 0ms);
}

TEST(RobotsCrawlDelay, IgnoresWhatIsNoNumberOfSeconds) {
  for (const std::string value : {"", ".", "-1", "+1", "1e3", "0x10", "1,5", "1.2.3", "10s", "nan", "inf"})
    EXPECT_EQ(delay_of(value), std::nullopt) << value;
}

TEST(RobotsCrawlDelay, HasALongest) {
  EXPECT_EQ(delay_of("3600.9"), 1h);
  EXPECT_EQ(delay_of("99999999999999999999999999"), 1h);
  EXPECT_EQ(delay_of("9223372036854775807"), 1h);
}

TEST(RobotsCrawlDelay, IsThatOfTheCrawlersGroup) {
  EXPECT_EQ(delay("Crawl-delay: 1\nUser-agent: *\nCrawl-delay: 2\n"), 2000ms);
  EXPECT_EQ(delay("User-agent: *\nCrawl-delay: 2\nUser-agent: foobot\nDisallow: /\n"), std::nullopt);
  EXPECT_EQ(delay("User-agent: foobot\nDisallow: /\nCrawl-delay: 2\nUser-agent: *\nCrawl-delay: 9\n"),
            2000ms);
}

TEST(RobotsCrawlDelay, TheLongestOfSeveralCounts) {
  EXPECT_EQ(
      delay("User-agent: *\nCrawl-delay: 2\nCrawl-delay: 7\nCrawl-delay: x\nUser-agent: *\nCrawl-delay: 3"),
      7000ms);
}

TEST(RobotsSitemaps, AreThoseOfTheWholeFile) {
  constexpr std::string_view kFile =
      "Sitemap: https://example.com/a.xml\nUser-agent: other\nsite-map:/b.xml # more\nDisallow: /\n"
      "SITEMAP : https://example.com/c?d=e:f\nSitemap:\n";
  EXPECT_THAT(RobotsFile::parse(kFile).sitemaps(),
              ElementsAre("https://example.com/a.xml", "/b.xml", "https://example.com/c?d=e:f"));
}

/// A file of that many patterns which nearly match a path of a's.
std::string many_wildcards(std::size_t count) {
  std::string text = "User-agent: *\nDisallow: /x\n";
  for (std::size_t i = 0; i < count; ++i) text += "Disallow: /*b" + std::string(i + 1, 'a') + "b\n";
  return text;
}

TEST(RobotsWork, HundredsOfWildcardsAreTried) {
  EXPECT_TRUE(allows(many_wildcards(500), "/b" + std::string(100, 'a')));
  EXPECT_FALSE(allows(many_wildcards(500), "/b" + std::string(100, 'a') + "b"));
}

TEST(RobotsWork, WhatWouldTakeTooMuchIsNotAllowed) {
  const std::string path = "/b" + std::string(Url::max_length - 100, 'a');
  EXPECT_TRUE(allows(many_wildcards(10), path));
  EXPECT_FALSE(allows(many_wildcards(500), path));
}

TEST(RobotsWork, IsNotSpentOnPatternsWhoseCharactersThePathLacks) {
  EXPECT_TRUE(allows(many_wildcards(500), "/c" + std::string(Url::max_length - 100, 'a')));
}

}  // namespace
}  // namespace parse
