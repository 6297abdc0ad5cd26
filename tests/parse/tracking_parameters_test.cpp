#include "parse/tracking_parameters.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

/// What is left of the query, with its '?'.
std::string left_of(std::string_view query) {
  constexpr std::string_view kPage = "http://example.com/a";
  const std::string key = key_without_tracking(*Url::parse(std::string(kPage).append(query)));
  EXPECT_TRUE(key.starts_with(kPage));
  return key.substr(kPage.size());
}

TEST(TrackingParameters, AreDroppedAndTheOthersKeepTheirOrder) {
  EXPECT_EQ(left_of("?utm_source=x&b=1&gclid=y&a=2&fbclid=z"), "?b=1&a=2");
  EXPECT_EQ(left_of("?b=1&utm_campaign=x"), "?b=1");
}

TEST(TrackingParameters, TakeTheQuestionMarkWithThem) {
  EXPECT_EQ(left_of("?utm_source=x"), "");
  EXPECT_EQ(left_of("?utm_source=x&yclid=1"), "");
  EXPECT_EQ(left_of("?&gclid=1"), "");
  EXPECT_EQ(left_of("??&gclid=1"), "??");
}

TEST(TrackingParameters, AreKnownHoweverTheirNameIsSpelt) {
  EXPECT_EQ(left_of("?UTM_Source=x&ScCid=1&hsCtaTracking=2"), "");
  EXPECT_EQ(left_of("?utm%5Fsource=x&%67clid=1"), "");
  EXPECT_EQ(left_of("?utm_anything=x&mtm_kwd=y&gclid"), "");
}

TEST(TrackingParameters, AreKnownByTheirWholeName) {
  for (const char* query :
       {"?gclids=1", "?agclid=1", "?utm=1", "?a=utm_source", "?a=1;utm_source=2", "?=gclid"})
    EXPECT_EQ(left_of(query), query);
}

TEST(TrackingParameters, AreNotWhatSitesGiveToContent) {
  for (const char* query : {"?ref=1", "?source=1", "?id=1", "?cid=1", "?si=1", "?page=2&lang=en"})
    EXPECT_EQ(left_of(query), query);
}

TEST(TrackingParameters, LeaveTheBytesOfAQueryWithoutThemAlone) {
  for (const char* query : {"", "?", "?&", "?a&&b=&=c&", "?a=%41%zz+b", "?a=b?c"})
    EXPECT_EQ(left_of(query), query);
  EXPECT_EQ(left_of("?&a%20&gclid=1&&b+="), "?&a%20&&b+=");
}

TEST(TrackingParameters, DoNotBringTheFragmentBack) {
  EXPECT_EQ(left_of("?gclid=1&a=2#utm_source=x"), "?a=2");
  EXPECT_EQ(left_of("#a"), "");
}

TEST(TrackingParameters, AreFoundInTheLongestQuery) {
  std::string query = "?";
  while (query.size() < 60'000) query += "&gclid=";
  EXPECT_EQ(left_of(query), "");
  EXPECT_EQ(left_of("?" + std::string(60'000, '&')), "?" + std::string(60'000, '&'));
}

}  // namespace
}  // namespace parse
