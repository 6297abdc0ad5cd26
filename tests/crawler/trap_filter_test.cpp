#include "crawler/trap_filter.h"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace crawler {
namespace {

constexpr Budgets kNone{
    .url_length = 0, .path_depth = 0, .segment_repeats = 0, .query_orders = 0, .host_pages = 0};

/// The name of the trap, or "".
std::string judged(TrapFilter& traps, std::string_view url) {
  const std::optional<SkipReason> trap = traps.judge(parse::Url::parse(url).value());
  return std::string(trap ? name(*trap) : "");
}

std::string judged(const Budgets& budgets, std::string_view path) {
  TrapFilter traps(budgets);
  return judged(traps, "http://a.example" + std::string(path));
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (; times > 0; --times) text += piece;
  return text;
}

TEST(TrapFilter, TakesWhatUsualSitesHave) {
  EXPECT_EQ(judged(Budgets(), "/library/asyncio/task.html?lang=en&page=2#top"), "");
}

TEST(TrapFilter, BoundsTheLengthWithoutTheFragment) {
  Budgets budgets = kNone;
  budgets.url_length = std::string_view("http://a.example/12?4").size();
  EXPECT_EQ(judged(budgets, "/12?4"), "");
  EXPECT_EQ(judged(budgets, "/12?4#fragment"), "");
  EXPECT_EQ(judged(budgets, "/123?5"), "url_length");
}

TEST(TrapFilter, BoundsTheSegmentsThatAreNotEmpty) {
  Budgets budgets = kNone;
  budgets.path_depth = 3;
  EXPECT_EQ(judged(budgets, "/a/b/c"), "");
  EXPECT_EQ(judged(budgets, "//a///b/c//"), "");
  EXPECT_EQ(judged(budgets, "/a/b/c/d"), "path_depth");
  EXPECT_EQ(judged(budgets, "/a/b/c/?d/e"), "");
}

TEST(TrapFilter, BoundsHowOftenASegmentStandsInAPath) {
  Budgets budgets = kNone;
  budgets.segment_repeats = 2;
  EXPECT_EQ(judged(budgets, "/a/b/a/b/A/aa"), "");
  EXPECT_EQ(judged(budgets, "////"), "");
  EXPECT_EQ(judged(budgets, "/a/b/a/c/a"), "segment_repeats");
  EXPECT_EQ(judged(budgets, "/a/a/a"), "segment_repeats");
}

TEST(TrapFilter, BoundsTheOrdersOfTheSameParameters) {
  Budgets budgets = kNone;
  budgets.query_orders = 2;
  TrapFilter traps(budgets);
  EXPECT_EQ(judged(traps, "http://a.example/?a=1&b=2&c=3"), "");
  EXPECT_EQ(judged(traps, "http://a.example/?a=1&c=3&b=2"), "");
  EXPECT_EQ(judged(traps, "http://a.example/?b=2&a=1&c=3"), "query_orders");
  EXPECT_EQ(judged(traps, "http://a.example/?b=2&a=1&&c=3&"), "query_orders");
}

TEST(TrapFilter, TellsSetsOfParametersApart) {
  Budgets budgets = kNone;
  budgets.query_orders = 1;
  TrapFilter traps(budgets);
  for (const char* url :
       {"http://a.example/?a=1&b=2", "http://a.example/?a=2&b=1", "http://a.example/x?a=1&b=2",
        "http://b.example/?a=1&b=2", "http://a.example/?a=1&b=2&b=2",
        "http://a.example/?a=1&b=", "http://a.example/?a=1%26b=2&", "http://a.example/?a=1b=2&c",
        "http://a.example/?a&b&b", "http://a.example/?a&c&c"})
    EXPECT_EQ(judged(traps, url), "") << url;
}

TEST(TrapFilter, TakesAnyNumberOfUrlsWithOneParameter) {
  Budgets budgets = kNone;
  budgets.query_orders = 1;
  TrapFilter traps(budgets);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(judged(traps, "http://a.example/?a=1&"), "");
}

TEST(TrapFilter, CountsNoOrderOfWhatAnotherBoundKeepsOut) {
  Budgets budgets = kNone;
  budgets.query_orders = 1;
  budgets.url_length = std::string_view("http://a.example/?a=1&b=2").size();
  TrapFilter traps(budgets);
  EXPECT_EQ(judged(traps, "http://a.example/?&b=2&a=1"), "url_length");
  EXPECT_EQ(judged(traps, "http://a.example/?a=1&b=2"), "");
}

TEST(TrapFilter, HasNoBoundWhereItIsZero) {
  EXPECT_EQ(judged(kNone, repeated("/a", 30'000)), "");
  TrapFilter traps(kNone);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(judged(traps, "http://a.example/?a=1&b=2"), "");
}

TEST(TrapFilter, HasABoundOfOneOnEach) {
  EXPECT_EQ(judged({.url_length = 1}, "/"), "url_length");
  EXPECT_EQ(judged({.path_depth = 1}, "/a/b"), "path_depth");
  EXPECT_EQ(judged({.segment_repeats = 1}, "/a/b/a"), "segment_repeats");
}

TEST(TrapFilter, TakesTheDeepestPathsAndLongestQueries) {
  Budgets budgets = kNone;
  budgets.segment_repeats = 32'000;
  budgets.query_orders = 1;
  EXPECT_EQ(judged(budgets, repeated("/a", 32'001)), "segment_repeats");
  TrapFilter traps(budgets);
  const std::string parameters = repeated("&a=1", 16'000);
  EXPECT_EQ(judged(traps, "http://a.example/?b=1" + parameters), "");
  EXPECT_EQ(judged(traps, "http://a.example/?" + parameters + "&b=1"), "query_orders");
}

}  // namespace
}  // namespace crawler
