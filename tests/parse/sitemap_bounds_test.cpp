// What is not a sitemap, and what means harm.
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/sitemap.h"
#include "parse/sitemap_location.h"
#include "tests/parse/sitemap_reading.h"

namespace parse {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kEntry = "<url><loc>https://example.com/a</loc></url>"sv;

SitemapFault fault_of(std::string_view bytes) { return read(bytes).report.fault; }

/// Whether it lists nothing, says so, and wants no more of it.
bool is_given_up(std::string_view bytes) {
  SitemapReader reader(*Url::parse("https://example.com/"));
  // No more than a block is looked at.
  reader.read(std::string(bytes) + std::string(1 << 17, ' '));
  return reader.is_done() && reader.take_entries().empty() && reader.finish().kind == SitemapKind::unknown;
}

TEST(SitemapBounds, OtherDocumentsAreGivenUp) {
  EXPECT_TRUE(is_given_up("<!DOCTYPE html><html><body><url><loc>https://example.com/</loc></url>"));
  EXPECT_TRUE(is_given_up("<br />\n<b>Warning</b>"));
  EXPECT_TRUE(is_given_up(repeat("not found\n", 20)));
  EXPECT_TRUE(is_given_up(repeat("\x89PNG\r\n\x1A\n\0\0"sv, 20)));
}

TEST(SitemapBounds, NothingIsNoSitemap) {
  for (const auto bytes : {""sv, " \n"sv, "\x1F"sv, "a"sv, "\0"sv, "<"sv, "{\"a\": 1}"sv}) {
    const Reading reading = read(bytes);
    EXPECT_THAT(reading.urls, IsEmpty());
    EXPECT_EQ(reading.report.kind, SitemapKind::unknown);
  }
}

TEST(SitemapBounds, EntitiesAreNeverExpanded) {
  EXPECT_THAT(
      urls_of("<!DOCTYPE u [<!ENTITY a 'https://evil.example/'>]><urlset><url><loc>&a;</loc></url></urlset>"),
      ElementsAre("https://example.com/dir/&a;"));
  EXPECT_THAT(
      urls_of("<!DOCTYPE u [<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY % b SYSTEM 'http://x/'> %b;]>"
              "<urlset><url><loc>/&a;</loc></url></urlset>"),
      ElementsAre("https://example.com/&a;"));
}

TEST(SitemapBounds, BillionLaughsAreText) {
  std::string bomb = "<!DOCTYPE u [<!ENTITY a0 'ha'>";
  for (int i = 1; i < 30; ++i)
    bomb += "<!ENTITY a" + std::to_string(i) + " '" + repeat("&a" + std::to_string(i - 1) + ";", 10) + "'>";
  EXPECT_THAT(urls_of(bomb + "]><urlset><url><loc>/&a29;</loc></url></urlset>"),
              ElementsAre("https://example.com/&a29;"));
}

TEST(SitemapBounds, IncludesNothing) {
  EXPECT_THAT(
      urls_of("<urlset xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd'/>" +
              std::string(kEntry) + "</urlset>"),
      ElementsAre("https://example.com/a"));
}

TEST(SitemapBounds, NestingHasABound) {
  const auto nested = [](std::size_t depth) {
    return "<urlset>" + repeat("<a>", depth) + repeat("</a>", depth) + std::string(kEntry) + "</urlset>";
  };
  EXPECT_EQ(fault_of(nested(SitemapXml::max_depth - 1)), SitemapFault::none);
  EXPECT_EQ(fault_of(nested(SitemapXml::max_depth)), SitemapFault::beyond_bounds);
  EXPECT_EQ(fault_of("<urlset>" + repeat("<a>", 1'000'000)), SitemapFault::beyond_bounds);
}

TEST(SitemapBounds, TagsHaveABound) {
  const std::string entry = "<urlset>" + std::string(kEntry);
  for (const std::string_view tag : {"<a b='"sv, "<a "sv, "<a"sv, "</a"sv}) {
    const Reading reading = read(entry + std::string(tag) + std::string(XmlRepair::max_tag, 'c'));
    EXPECT_EQ(reading.report.fault, SitemapFault::beyond_bounds);
    EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a"));
  }
}

TEST(SitemapBounds, DifferentNamesHaveABound) {
  constexpr std::size_t kNames = SitemapXml::max_names_size / SitemapXml::name_cost;
  const auto sitemap = [](std::string_view before, std::string_view after) {
    std::string xml = "<urlset>";
    for (std::size_t i = 0; i < kNames; ++i) (xml += before) += std::to_string(i) + std::string(after);
    return xml + "</urlset>";
  };
  EXPECT_EQ(fault_of(sitemap("<a", "/>")), SitemapFault::beyond_bounds);
  EXPECT_EQ(fault_of(sitemap("<a b", "=''/>")), SitemapFault::beyond_bounds);
  EXPECT_EQ(fault_of(sitemap("<a b='", "'/>")), SitemapFault::none);
  const std::string name(SitemapXml::max_names_size / 2, 'a');
  EXPECT_EQ(fault_of("<urlset><" + name + "/><" + name + "/></urlset>"), SitemapFault::none);
  EXPECT_EQ(fault_of("<urlset><" + name + "/><" + name + "b/></urlset>"), SitemapFault::beyond_bounds);
}

TEST(SitemapBounds, LongTextIsNoUrl) {
  const std::string text(1 << 20, 'a');
  const Reading reading =
      read("<urlset><url><loc>/" + text + "</loc></url>" + std::string(kEntry) + "</urlset>");
  EXPECT_EQ(reading.report.rejected, 1);
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a"));
}

TEST(SitemapBounds, CommentsMayBeLong) {
  const std::string comment = "<!--" + std::string(1 << 20, '-') + "->";
  EXPECT_THAT(urls_of(comment + "<urlset>" + comment + std::string(kEntry) + "</urlset>"),
              ElementsAre("https://example.com/a"));
}

TEST(SitemapBounds, ReadsNoMoreThanItsSize) {
  const std::string line = "https://example.com/" + std::string(1003, 'a') + "\n";
  const std::string text = repeat(line, SitemapReader::max_size / line.size());
  ASSERT_EQ(text.size(), SitemapReader::max_size);
  EXPECT_EQ(fault_of(text), SitemapFault::none);

  for (const std::string& bytes : {text + line, gzip(text + line)}) {
    const Reading reading = read(bytes);
    EXPECT_EQ(reading.report.fault, SitemapFault::too_large);
    EXPECT_EQ(reading.report.size, SitemapReader::max_size);
    EXPECT_EQ(reading.urls.size(), SitemapReader::max_size / line.size());
  }
}

TEST(SitemapBounds, EntriesOfABombWaitByTheBlock) {
  const Reading reading = read(gzip("<urlset>" + repeat(kEntry, 100'000) + "</urlset>"));
  EXPECT_EQ(reading.urls.size(), 100'000);
  EXPECT_LT(reading.most_waiting, 5'000);
}

TEST(SitemapBounds, AGzipInAGzipIsNoSitemap) {
  EXPECT_THAT(urls_of(gzip(gzip("https://example.com/"))), IsEmpty());
}

TEST(SitemapBounds, NothingIsResolvedAgainstALongBase) {
  const std::string base = "https://example.com/" + std::string(kMaxLocationBase, 'a');
  const Reading reading = read("<urlset><url><loc>/b</loc></url>" + std::string(kEntry) + "</urlset>", base);
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a"));
  EXPECT_EQ(reading.report.rejected, 1);
}

}  // namespace
}  // namespace parse
