#include "parse/robots_directives.h"

#include <gtest/gtest.h>

namespace parse {
namespace {

constexpr RobotsDirectives kNothing{};
constexpr RobotsDirectives kNoindex{.noindex = true};
constexpr RobotsDirectives kNofollow{.nofollow = true};
constexpr RobotsDirectives kNoarchive{.noarchive = true};
constexpr RobotsDirectives kNone{.noindex = true, .nofollow = true};

RobotsDirectives header(std::string_view value) { return read_robots_header(value, "foobot"); }

TEST(RobotsHeader, ReadsDirectivesInAnyCase) {
  EXPECT_EQ(header("noindex"), kNoindex);
  EXPECT_EQ(header("NoFollow"), kNofollow);
  EXPECT_EQ(header(" noarchive "), kNoarchive);
  EXPECT_EQ(header("NONE"), kNone);
}

TEST(RobotsHeader, ReadsLists) {
  EXPECT_EQ(header("noindex,nofollow"), kNone);
  EXPECT_EQ(header(",, noindex ,\tnofollow,"), kNone);
}

TEST(RobotsHeader, IgnoresTheUnknown) {
  EXPECT_EQ(header(""), kNothing);
  EXPECT_EQ(header("all, index, follow, nosnippet, noindexing, no index"), kNothing);
}

TEST(RobotsHeader, ANameBindsWhatFollowsUpToTheNext) {
  EXPECT_EQ(header("FooBot: noindex"), kNoindex);
  EXPECT_EQ(header("otherbot: noindex, nofollow"), kNothing);
  EXPECT_EQ(header("nofollow, otherbot: noindex"), kNofollow);
  EXPECT_EQ(header("otherbot: noindex, foobot : nofollow"), kNofollow);
  EXPECT_EQ(header("foobot: nofollow, otherbot: noindex"), kNofollow);
  EXPECT_EQ(header("foo: noindex, foobot-news: noindex"), kNothing);
  EXPECT_EQ(header("otherbot: noindex, robots: nofollow"), kNofollow);
}

TEST(RobotsHeader, ADirectiveWithAValueIsNoName) {
  EXPECT_EQ(header("revisit-after: 7 days, noindex"), kNoindex);
  EXPECT_EQ(header("max-foo: -1, noindex"), kNoindex);
  EXPECT_EQ(header("unavailable_after: 25 Jun 2010 15:00:00 PST, noindex"), kNoindex);
  EXPECT_EQ(header("Unavailable_After: Friday, 25-Jun-10 15:00:00 PST, noindex"), kNoindex);
  EXPECT_EQ(header("max-snippet: -1, max-image-preview: large, MAX-VIDEO-PREVIEW:0, noindex"), kNoindex);
  EXPECT_EQ(header("otherbot: unavailable_after: 25 Jun 2010 15:00:00 PST, noindex"), kNothing);
}

TEST(RobotsMeta, IsMeantForAllOrForTheToken) {
  EXPECT_EQ(read_robots_meta("ROBOTS", "noindex, nofollow", "foobot"), kNone);
  EXPECT_EQ(read_robots_meta("FooBot", "none", "foobot"), kNone);
  EXPECT_EQ(read_robots_meta("otherbot", "none", "foobot"), kNothing);
  EXPECT_EQ(read_robots_meta("", "none", ""), kNothing);
}

TEST(RobotsMeta, KnowsNoNamesInItsContent) {
  EXPECT_EQ(read_robots_meta("robots", "otherbot: noindex, nofollow", "foobot"), kNofollow);
}

TEST(RobotsDirectives, TheMostRestrictiveWins) {
  RobotsDirectives directives = kNoindex;
  directives |= kNothing;
  EXPECT_EQ(directives, kNoindex);
  directives |= kNofollow;
  EXPECT_EQ(directives, kNone);
}

}  // namespace
}  // namespace parse
