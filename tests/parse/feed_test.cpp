#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/sitemap.h"
#include "tests/parse/sitemap_reading.h"

namespace parse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// An RSS 2.0 feed of one item.
std::string rss(std::string_view item) {
  return "<rss version='2.0'><channel><title>t</title><link>https://a.org/home</link><item>" +
         std::string(item) + "</item></channel></rss>";
}

/// An Atom feed of one entry.
std::string atom(std::string_view entry) {
  return "<feed xmlns='http://www.w3.org/2005/Atom'><link "
         "href='https://a.org/home'/><updated>2000</updated><entry>" +
         std::string(entry) + "</entry></feed>";
}

TEST(Feed, ListsTheItemsOfRss) {
  const Reading reading =
      read(rss("<title>&eacute;</title><link>\nhttps://a.org/1\n</link>"
               "<guid>https://a.org/2</guid><pubDate>Thu, 01 Jan 2026 00:00:00 GMT</pubDate>"));
  EXPECT_EQ(reading.report.kind, SitemapKind::rss);
  EXPECT_THAT(reading.urls, ElementsAre("https://a.org/1"));
  EXPECT_THAT(reading.dates, ElementsAre(1767225600));
}

TEST(Feed, TakesAPermalinkForAMissingLink) {
  EXPECT_THAT(urls_of(rss("<guid>https://a.org/1</guid>")), ElementsAre("https://a.org/1"));
  EXPECT_THAT(urls_of(rss("<link/><guid isPermaLink='true'>https://a.org/1</guid>")),
              ElementsAre("https://a.org/1"));
  EXPECT_THAT(urls_of(rss("<guid isPermaLink='false'>https://a.org/1</guid>")), IsEmpty());
  EXPECT_THAT(urls_of(rss("<guid>12345</guid>")), IsEmpty());
}

TEST(Feed, LeavesLinksOfOtherKindsAlone) {
  EXPECT_THAT(urls_of(rss("<atom:link href='https://a.org/1'/><media:link>https://a.org/2</media:link>"
                          "<source><link>https://a.org/3</link></source><link>https://a.org/4</link>")),
              ElementsAre("https://a.org/4"));
}

TEST(Feed, ListsTheItemsOfRdf) {
  const Reading reading = read(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
      "<channel rdf:about='https://a.org/'><link>https://a.org/</link></channel>"
      "<item rdf:about='https://a.org/0'><link>https://a.org/1</link><dc:date>2026-01-01</dc:date></item>"
      "<item rdf:about='https://a.org/2'/></rdf:RDF>");
  EXPECT_EQ(reading.report.kind, SitemapKind::rss);
  EXPECT_THAT(reading.urls, ElementsAre("https://a.org/1", "https://a.org/2"));
  EXPECT_THAT(reading.dates, ElementsAre(1767225600, std::nullopt));
}

TEST(Feed, ListsTheEntriesOfAtom) {
  const Reading reading = read(atom(
      "<link rel='self' href='https://a.org/0'/><link rel='alternate' href=' https://a.org/1?b&c '/>"
      "<link href='https://a.org/2'/><published>2025</published><updated>2026-01-01T00:00:00Z</updated>"));
  EXPECT_EQ(reading.report.kind, SitemapKind::atom);
  EXPECT_THAT(reading.urls, ElementsAre("https://a.org/1?b&c"));
  EXPECT_THAT(reading.dates, ElementsAre(1767225600));
}

TEST(Feed, TakesALinkOfAtomWithoutRel) {
  EXPECT_THAT(urls_of(atom("<link rel='edit' href='https://a.org/1'/><link href='https://a.org/2'/>")),
              ElementsAre("https://a.org/2"));
  EXPECT_THAT(urls_of(atom("<link rel='edit' href='https://a.org/1'/>")), IsEmpty());
}

TEST(Feed, LeavesLinksInsideOfContentAlone) {
  EXPECT_THAT(urls_of(atom("<content><div><link href='https://a.org/1'/></div></content>"
                           "<source><link href='https://a.org/2'/></source><link href='https://a.org/3'/>")),
              ElementsAre("https://a.org/3"));
}

TEST(Feed, ResolvesByXmlBase) {
  const auto feed = [](std::string_view entry) {
    return "<feed xml:base='https://a.org/b/'>" + std::string(entry) + "</feed>";
  };
  EXPECT_THAT(urls_of(feed("<entry><link href='1'/></entry>")), ElementsAre("https://a.org/b/1"));
  EXPECT_THAT(urls_of(feed("<entry xml:base='c/'><link href='1'/></entry><entry><link href='2'/></entry>")),
              ElementsAre("https://a.org/b/c/1", "https://a.org/b/2"));
  EXPECT_THAT(urls_of(feed("<entry xml:base='c/'><link xml:base='d/' href='1'/></entry>")),
              ElementsAre("https://a.org/b/c/d/1"));
  EXPECT_THAT(urls_of(feed("<entry xml:base='ftp://b.org'><link href='1'/></entry>")),
              ElementsAre("https://a.org/b/1"));
}

TEST(Feed, SurvivesAPrefixOfItsOwn) {
  EXPECT_THAT(urls_of("<a:feed><a:entry><link href='/0'/><a:link href='/1'/></a:entry></a:feed>"),
              ElementsAre("https://example.com/1"));
}

TEST(Feed, SurvivesADocumentTypeOfOldRss) {
  EXPECT_THAT(
      urls_of("<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' "
              "'http://my.netscape.com/publish/formats/rss-0.91.dtd'>" +
              rss("<link>https://a.org/1</link>")),
      ElementsAre("https://a.org/1"));
}

}  // namespace
}  // namespace parse
