#include "crawler/seen_urls.h"

#include <string>

#include <gtest/gtest.h>

namespace crawler {
namespace {

std::string url(int number) { return "http://example.com/" + std::to_string(number); }

void insert(SeenUrls& seen, int first, int last) {
  for (int i = first; i <= last; ++i) seen.insert(url(i));
}

TEST(SeenUrls, KnowsWhatCameBefore) {
  SeenUrls seen;
  EXPECT_TRUE(seen.insert("http://a/"));
  EXPECT_FALSE(seen.insert("http://a/"));
  EXPECT_TRUE(seen.insert("http://b/"));
}

TEST(SeenUrls, CanBeAskedWithoutBeingTold) {
  SeenUrls seen;
  EXPECT_FALSE(seen.contains("http://a/"));
  seen.insert("http://a/");
  EXPECT_TRUE(seen.contains("http://a/"));
}

TEST(SeenUrls, ForgetNothingOfAGenerationOfAll) {
  SeenUrls seen(SeenUrls::kAll);
  insert(seen, 1, 10'000);
  EXPECT_FALSE(seen.has_forgotten());
  EXPECT_TRUE(seen.contains(url(1)));
}

TEST(SeenUrls, TellsUrlsApartByEveryOctet) {
  SeenUrls seen;
  for (int i = 1; i <= 10'000; ++i) EXPECT_TRUE(seen.insert(std::string(static_cast<std::size_t>(i), 'x')));
  EXPECT_TRUE(seen.insert(""));
}

TEST(SeenUrls, HasForgottenNothingOfTwoGenerations) {
  SeenUrls seen(64);
  insert(seen, 1, 128);
  EXPECT_FALSE(seen.has_forgotten());
  EXPECT_FALSE(seen.insert(url(65)));
  EXPECT_FALSE(seen.insert(url(128)));
}

TEST(SeenUrls, SaysWhenItHasForgotten) {
  SeenUrls seen(64);
  insert(seen, 1, 129);
  EXPECT_TRUE(seen.has_forgotten());
  EXPECT_TRUE(seen.insert(url(1)));
}

TEST(SeenUrls, KnowsTheLastGenerationAtAnyTime) {
  SeenUrls seen(64);
  for (int i = 1; i <= 1000; ++i) {
    EXPECT_TRUE(seen.insert(url(i)));
    if (i > 64) {
      EXPECT_FALSE(SeenUrls(seen).insert(url(i - 63))) << i;
    }
  }
}

TEST(SeenUrls, KeepsAUrlThatComesAgainAndAgain) {
  SeenUrls seen(64);
  seen.insert("http://often/");
  for (int i = 1; i <= 1000; ++i) {
    seen.insert(url(i));
    if (i % 50 == 0) {
      EXPECT_FALSE(seen.insert("http://often/"));
    }
  }
}

TEST(SeenUrls, MayBeVerySmall) {
  SeenUrls seen(0);
  insert(seen, 1, 10);
  EXPECT_FALSE(seen.insert(url(10)));
  EXPECT_TRUE(seen.has_forgotten());
}

}  // namespace
}  // namespace crawler
