#include "crawler/known_urls.h"

#include <cstddef>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <unordered_map>

#include <gtest/gtest.h>

namespace crawler {

void PrintTo(const KnownUrls::Known& known, std::ostream* out) {
  *out << "fate " << static_cast<int>(known.fate) << ", depth " << known.depth;
}

namespace {

using Fate = KnownUrls::Fate;
using Known = KnownUrls::Known;

std::string url(std::size_t number) { return "http://example.com/" + std::to_string(number); }

/// Fates and depths of all kinds.
Known known_of(std::size_t number) {
  return {.fate = static_cast<Fate>(number % 4), .depth = static_cast<int>(number % 16'000)};
}

void add(KnownUrls& known, std::size_t urls) {
  for (std::size_t i = 0; i < urls; ++i) known.set(url(i), known_of(i));
}

TEST(KnownUrls, KnowsNothingAtFirst) {
  const KnownUrls known;
  EXPECT_EQ(known.find("http://a/"), std::nullopt);
  EXPECT_EQ(known.size(), 0);
  EXPECT_FALSE(known.is_full());
}

TEST(KnownUrls, TellsWhatBecameOfEach) {
  KnownUrls known;
  EXPECT_TRUE(known.set("http://a/", {Fate::waiting, 0}));
  EXPECT_TRUE(known.set("http://b/", {Fate::begun, 1}));
  EXPECT_TRUE(known.set("http://c/", {Fate::outside, 2}));
  EXPECT_TRUE(known.set("http://d/", {Fate::refused, 3}));
  EXPECT_EQ(known.find("http://a/"), (Known{Fate::waiting, 0}));
  EXPECT_EQ(known.find("http://b/"), (Known{Fate::begun, 1}));
  EXPECT_EQ(known.find("http://c/"), (Known{Fate::outside, 2}));
  EXPECT_EQ(known.find("http://d/"), (Known{Fate::refused, 3}));
  EXPECT_EQ(known.size(), 4);
}

TEST(KnownUrls, ReplacesWhatWasKnown) {
  KnownUrls known;
  known.set("http://a/", {Fate::refused, KnownUrls::kLargestDepth});
  EXPECT_TRUE(known.set("http://a/", {Fate::waiting, 7}));
  EXPECT_EQ(known.find("http://a/"), (Known{Fate::waiting, 7}));
  EXPECT_TRUE(known.set("http://a/", {Fate::begun, 9}));
  EXPECT_EQ(known.find("http://a/"), (Known{Fate::begun, 9}));
  EXPECT_EQ(known.size(), 1);
}

TEST(KnownUrls, TakesAKeyForItsUrl) {
  KnownUrls known;
  const KnownUrls::Key early = known.key_of(url(5));
  add(known, 100'000);
  EXPECT_EQ(known.find(early), known_of(5));
  EXPECT_TRUE(known.set(early, {Fate::begun, 1}));
  EXPECT_EQ(known.find(url(5)), (Known{Fate::begun, 1}));
  EXPECT_EQ(known.size(), 100'000);
}

TEST(KnownUrls, KeepsALargerDepthAsTheLargest) {
  KnownUrls known;
  for (const int depth : {KnownUrls::kLargestDepth, KnownUrls::kLargestDepth + 1, 65'536, 2'147'483'647}) {
    known.set("http://a/", {Fate::refused, depth});
    EXPECT_EQ(known.find("http://a/"), (Known{Fate::refused, KnownUrls::kLargestDepth}));
  }
}

TEST(KnownUrls, KeepsADepthBelowZeroAsZero) {
  KnownUrls known;
  known.set("http://a/", {Fate::outside, -1});
  EXPECT_EQ(known.find("http://a/"), (Known{Fate::outside, 0}));
}

TEST(KnownUrls, TellsUrlsApartByEveryOctet) {
  KnownUrls known;
  for (int i = 0; i < 10'000; ++i) {
    const std::string longer(static_cast<std::size_t>(i), 'x');
    EXPECT_EQ(known.find(longer), std::nullopt);
    known.set(longer, {Fate::begun, i});
  }
  EXPECT_EQ(known.find(""), (Known{Fate::begun, 0}));
  EXPECT_EQ(known.find("xx"), (Known{Fate::begun, 2}));
}

TEST(KnownUrls, TellsUrlsOf64KApartByTheirLastOctet) {
  KnownUrls known;
  const std::string head(std::size_t{64} << 10, 'x');
  known.set(head + "1", {Fate::begun, 1});
  EXPECT_EQ(known.find(head + "2"), std::nullopt);
  EXPECT_EQ(known.find(head + "1"), (Known{Fate::begun, 1}));
}

TEST(KnownUrls, IsFullWithTheMostThatItKeeps) {
  KnownUrls known(3);
  add(known, 2);
  EXPECT_FALSE(known.is_full());
  EXPECT_TRUE(known.set(url(2), known_of(2)));
  EXPECT_TRUE(known.is_full());
  EXPECT_FALSE(known.set(url(3), known_of(3)));
  EXPECT_EQ(known.find(url(3)), std::nullopt);
  EXPECT_EQ(known.size(), 3);
}

TEST(KnownUrls, ChangesWhatItKnowsWhenFull) {
  KnownUrls known(2);
  add(known, 2);
  EXPECT_TRUE(known.set(url(1), {Fate::refused, 4}));
  EXPECT_EQ(known.find(url(1)), (Known{Fate::refused, 4}));
  EXPECT_EQ(known.find(url(0)), known_of(0));
}

TEST(KnownUrls, MayBeAllowedNone) {
  KnownUrls known(0);
  EXPECT_TRUE(known.is_full());
  EXPECT_FALSE(known.set("http://a/", {Fate::waiting, 0}));
  EXPECT_EQ(known.find("http://a/"), std::nullopt);
}

TEST(KnownUrls, KnowsWhatAMapKnowsAtEverySize) {
  std::mt19937 random(20250101);
  KnownUrls known;
  std::unordered_map<std::string, Known> model;
  for (std::size_t span = 100; model.size() < 200'000; span += 20) {
    for (int i = 0; i < 100; ++i) {
      const std::string some = url(random() % span);
      const auto expected = model.find(some);
      ASSERT_EQ(known.find(some), expected == model.end() ? std::nullopt : std::optional(expected->second))
          << some;
      const Known next = known_of(random());
      ASSERT_TRUE(known.set(some, next));
      model[some] = next;
    }
    ASSERT_EQ(known.size(), model.size());
  }
  for (const auto& [some, expected] : model) ASSERT_EQ(known.find(some), expected) << some;
}

TEST(KnownUrls, TakesNineOctetsForAUrlAndAPageForAShard) {
  KnownUrls known;
  EXPECT_LE(known.bytes(), 100'000);
  for (std::size_t i = 1; i <= 2'000'000; ++i) {
    known.set(url(i), {Fate::waiting, 1});
    if (i % 10'000 == 0) {
      ASSERT_LE(known.bytes(), 9 * i + 17'000'000);
    }
  }
}

}  // namespace
}  // namespace crawler
