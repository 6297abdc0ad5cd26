#include "parse/sitemap.h"

#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/parse/sitemap_reading.h"

namespace parse {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto kTwoPages =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    "  <url>\n    <loc> https://example.com/a </loc>\n    <lastmod>2026-01-01</lastmod>\n"
    "    <changefreq>daily</changefreq>\n    <priority>0.5</priority>\n  </url>\n"
    "  <url><loc>https://example.com/b?x=1&amp;y=2</loc></url>\n"
    "</urlset>\n"sv;

/// A sitemap of the given elements.
std::string urlset(std::string_view elements) { return "<urlset>" + std::string(elements) + "</urlset>"; }
/// A sitemap of one URL.
std::string page(std::string_view loc) { return urlset("<url><loc>" + std::string(loc) + "</loc></url>"); }

TEST(Sitemap, ListsPages) {
  const Reading reading = read(kTwoPages);
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a", "https://example.com/b?x=1&y=2"));
  EXPECT_THAT(reading.dates, ElementsAre(1767225600, std::nullopt));
  EXPECT_EQ(reading.report.kind, SitemapKind::urlset);
  EXPECT_EQ(reading.report.fault, SitemapFault::none);
  EXPECT_EQ(reading.report.entries, 2);
  EXPECT_EQ(reading.report.rejected, 0);
  EXPECT_EQ(reading.report.size, kTwoPages.size());
}

TEST(Sitemap, IndexListsSitemaps) {
  const Reading reading = read(
      "<sitemapindex><sitemap><loc>https://example.com/1.xml.gz</loc>"
      "<lastmod>2026-01-01T00:00:01+00:00</lastmod></sitemap></sitemapindex>");
  EXPECT_EQ(reading.report.kind, SitemapKind::index);
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/1.xml.gz"));
  EXPECT_THAT(reading.dates, ElementsAre(1767225601));
}

TEST(Sitemap, TextHasAUrlALine) {
  const Reading reading =
      read("\xEF\xBB\xBFhttps://example.com/a\r\n\n# b\n  http://example.com/c\t\nhttps://example.com/d");
  EXPECT_EQ(reading.report.kind, SitemapKind::text);
  EXPECT_THAT(reading.urls,
              ElementsAre("https://example.com/a", "http://example.com/c", "https://example.com/d"));
}

TEST(Sitemap, TextHasAbsoluteUrlsOnly) {
  const Reading reading = read("URL\nhttps://example.com/a\n/b\nftp://example.com/c\n");
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a"));
  EXPECT_EQ(reading.report.rejected, 3);
}

TEST(Sitemap, IsToldByItsBytesToBeGzip) {
  const Reading reading = read(gzip(kTwoPages));
  EXPECT_THAT(reading.urls, SizeIs(2));
  EXPECT_EQ(reading.report.size, kTwoPages.size());
  EXPECT_THAT(urls_of(gzip("https://example.com/a\nhttps://example.com/b\n")), SizeIs(2));
}

TEST(Sitemap, IsTheSameHoweverItIsSplit) {
  for (const std::string& bytes : {std::string(kTwoPages), gzip(kTwoPages)})
    for (std::size_t piece = 1; piece < bytes.size(); ++piece) {
      const Reading reading = read(bytes, "https://example.com/", piece);
      EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a", "https://example.com/b?x=1&y=2"))
          << piece;
      EXPECT_EQ(reading.report.size, kTwoPages.size());
    }
}

TEST(Sitemap, NeedsNoNamespaceAndTakesAnyPrefix) {
  EXPECT_THAT(urls_of("<sm:urlset xmlns:sm='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                      "<sm:url><sm:loc>https://a.org/</sm:loc></sm:url></sm:urlset>"),
              ElementsAre("https://a.org/"));
  EXPECT_THAT(urls_of(page("https://a.org/")), ElementsAre("https://a.org/"));
}

TEST(Sitemap, LeavesAddressesOfExtensionsAlone) {
  EXPECT_THAT(urls_of(urlset("<url><image:loc>https://a.org/0</image:loc><loc>https://a.org/1</loc>"
                             "<image:image><image:loc>https://a.org/2</image:loc></image:image>"
                             "<video xmlns='v'><loc>https://a.org/3</loc></video>"
                             "<xhtml:link rel='alternate' hreflang='de' href='https://a.org/4'/></url>")),
              ElementsAre("https://a.org/1"));
}

TEST(Sitemap, ResolvesRelativeAddresses) {
  EXPECT_THAT(urls_of(page("a?b")), ElementsAre("https://example.com/dir/a?b"));
  EXPECT_THAT(urls_of(page("//a.org/b")), ElementsAre("https://a.org/b"));
}

TEST(Sitemap, ReadsCdataAndReferences) {
  EXPECT_THAT(urls_of(page("\n<![CDATA[https://a.org/?b=1&c=2]]>\n")), ElementsAre("https://a.org/?b=1&c=2"));
  EXPECT_THAT(urls_of(page("https://a.org/?b=1&#38;c=2&#x26;d")), ElementsAre("https://a.org/?b=1&c=2&d"));
}

TEST(Sitemap, TakesTheTextOfALocWithoutThatOfItsChildren) {
  EXPECT_THAT(urls_of(page("https://a.org/<b>c</b>d")), ElementsAre("https://a.org/d"));
}

TEST(Sitemap, SurvivesABareAmpersand) {
  EXPECT_THAT(urls_of(page("https://a.org/?b=1&c=2&copy=3")), ElementsAre("https://a.org/?b=1&c=2&copy=3"));
}

TEST(Sitemap, SurvivesWhatStandsBeforeTheDeclaration) {
  EXPECT_THAT(urls_of("\n\n" + std::string(kTwoPages)), SizeIs(2));
  EXPECT_THAT(urls_of("\xEF\xBB\xBF\xEF\xBB\xBF " + std::string(kTwoPages)), SizeIs(2));
  EXPECT_THAT(urls_of("<!-- made by hand -->" + std::string(kTwoPages)), SizeIs(2));
}

TEST(Sitemap, IgnoresWhatFollowsTheRoot) {
  const Reading reading = read(std::string(kTwoPages) + "<br/>Fatal error & more");
  EXPECT_THAT(reading.urls, SizeIs(2));
  EXPECT_EQ(reading.report.fault, SitemapFault::none);
}

TEST(Sitemap, SurvivesUndeclaredPrefixesAndEntities) {
  const Reading reading =
      read(urlset("<url><loc>https://a.org/</loc><image:title>a&nbsp;b</image:title></url>"));
  EXPECT_THAT(reading.urls, SizeIs(1));
  EXPECT_EQ(reading.report.fault, SitemapFault::none);
}

TEST(Sitemap, CountsWhatHasNoUrl) {
  const Reading reading =
      read(urlset("<url/><url><loc> </loc></url><url><loc>ftp://a.org/</loc></url>"
                  "<url><loc>http://</loc></url><url><loc>https://a.org/</loc></url>"));
  EXPECT_THAT(reading.urls, ElementsAre("https://a.org/"));
  EXPECT_EQ(reading.report.entries, 1);
  EXPECT_EQ(reading.report.rejected, 4);
}

TEST(Sitemap, TakesUrlsUpToTheLimitOfUrls) {
  const std::string longest = "https://a.org/" + std::string(Url::max_length - 14, 'a');
  EXPECT_THAT(urls_of(page("\n  " + longest + "\n")), ElementsAre(longest));
  EXPECT_EQ(read(page(longest + "a")).report.rejected, 1);
  EXPECT_THAT(urls_of(longest + "\n" + longest + "a\n"), ElementsAre(longest));
}

TEST(Sitemap, DropsADateThatIsNone) {
  EXPECT_THAT(read(urlset("<url><loc>/a</loc><lastmod>soon</lastmod></url>")).dates,
              ElementsAre(std::nullopt));
}

TEST(Sitemap, ReadsOtherEncodings) {
  EXPECT_THAT(urls_of("<?xml version='1.0' encoding='windows-1251'?>" + page("https://a.org/\xE0")),
              ElementsAre("https://a.org/%D0%B0"));
  EXPECT_THAT(urls_of("<?xml version='1.0' encoding='gb2312'?>" + page("https://a.org/\xD6\xD0")),
              ElementsAre("https://a.org/%E4%B8%AD"));
  EXPECT_THAT(urls_of("<?xml version='1.0' encoding='Shift_JIS'?>" + page("https://a.org/\x83\x5C")),
              ElementsAre("https://a.org/%E3%82%BD"));
}

TEST(Sitemap, ReadsUtf16) {
  std::string bytes = "\xFF\xFE";
  for (const char c : page("https://a.org/")) (bytes += c) += '\0';
  EXPECT_THAT(urls_of(bytes), ElementsAre("https://a.org/"));
  EXPECT_THAT(urls_of(bytes.substr(2)), ElementsAre("https://a.org/"));
}

TEST(Sitemap, RejectsAnAddressWithWrongBytesAndReadsOn) {
  const Reading reading =
      read(urlset("<url><loc>/\xE9</loc></url><url><loc>/\x01</loc></url><url><loc>/a</loc></url>"));
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a"));
  EXPECT_EQ(reading.report.rejected, 2);
}

TEST(Sitemap, KeepsTheEntriesBeforeAFault) {
  const Reading reading = read("<urlset><url><loc>/a</loc></url><url><loc>/b</wrong></url></urlset>");
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a"));
  EXPECT_EQ(reading.report.fault, SitemapFault::malformed);
}

TEST(Sitemap, KnowsThatItWasCut) {
  for (std::size_t size = 1; size < kTwoPages.size() - 10; ++size) {
    const Reading reading = read(kTwoPages.substr(0, size));
    EXPECT_EQ(reading.report.fault, SitemapFault::truncated) << size;
    EXPECT_LT(reading.urls.size(), 3);
  }
}

TEST(Sitemap, KeepsTheEntriesOfACutGzip) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "https://example.com/" + std::to_string(i * i) + "\n";
  const std::string packed = gzip(text);
  const Reading reading = read(packed.substr(0, packed.size() / 2));
  EXPECT_EQ(reading.report.fault, SitemapFault::truncated);
  EXPECT_GT(reading.urls.size(), 100);
  // The last line may be cut, and so is not taken.
  for (std::size_t i = 0; i < reading.urls.size(); ++i)
    EXPECT_EQ(reading.urls[i], "https://example.com/" + std::to_string(i * i));
}

TEST(Sitemap, KeepsTheEntriesBeforeAFaultOfGzip) {
  std::string packed = gzip("https://example.com/a\nhttps://example.com/b\n");
  packed[packed.size() - 5] ^= 1;
  const Reading reading = read(packed);
  EXPECT_EQ(reading.report.fault, SitemapFault::corrupt_gzip);
  EXPECT_THAT(reading.urls, SizeIs(2));
}

TEST(Sitemap, ReadsGzipOfSeveralMembersAndIgnoresWhatFollows) {
  const Reading reading = read(gzip("https://example.com/a\nhttps://ex") + gzip("ample.com/b") + "\0\0"s);
  EXPECT_THAT(reading.urls, ElementsAre("https://example.com/a", "https://example.com/b"));
  EXPECT_EQ(reading.report.fault, SitemapFault::none);
}

}  // namespace
}  // namespace parse
