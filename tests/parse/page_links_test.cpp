#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/page_facts.h"
#include "tests/parse/html_reading.h"

namespace parse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Links, OfAllKindsStandInSourceOrder) {
  EXPECT_THAT(
      links_of("<meta http-equiv=Refresh content='0; URL=r'><link href=l><script src=s></script>"
               "<a href=a></a><map><area href=ar></map><img src=i><iframe src=if></iframe><form action=f>"),
      ElementsAre("meta_refresh https://example.com/dir/r", "link https://example.com/dir/l",
                  "script https://example.com/dir/s", "a https://example.com/dir/a",
                  "area https://example.com/dir/ar", "img https://example.com/dir/i",
                  "iframe https://example.com/dir/if", "form https://example.com/dir/f"));
}

TEST(Links, AreCountedForWhoKeepsNone) {
  constexpr std::string_view html = "<link rel=canonical href=c><a href=mailto:x>x</a><a href=a>one</a>";
  const PageFacts facts = read_page(html, page_url(), LinkReading::count);
  EXPECT_EQ(facts.link_count, 2U);
  EXPECT_THAT(facts.links, IsEmpty());
  EXPECT_EQ(facts.canonical, "https://example.com/dir/c");
  EXPECT_EQ(read_page(HtmlTree::parse(html).value(), page_url(), LinkReading::count).link_count, 2U);
}

std::vector<std::string> targets_of(std::string_view html) {
  expect_same_with_links_as_targets(read_alone(html), html);
  return links_of(read_page(html, page_url(), LinkReading::targets));
}

TEST(Links, AsTargetsHaveNoText) {
  const PageFacts facts =
      read_page("<a rel=Next href=a>text</a><area href=b alt=c>", page_url(), LinkReading::targets);
  ASSERT_THAT(facts.links, SizeIs(2));
  EXPECT_EQ(facts.links[0].rel, "next");
  EXPECT_EQ(facts.links[0].text, "");
  EXPECT_EQ(facts.links[1].text, "");
}

TEST(Links, AsTargetsAreNotRepeatedForAnotherFragment) {
  EXPECT_THAT(targets_of("<a href=a#1>1</a><a href=a#2>2</a><a href=a>3</a><a href=b>4</a>"),
              ElementsAre("a https://example.com/dir/a#1", "a https://example.com/dir/b"));
}

TEST(Links, AsTargetsAreNotThePageItself) {
  EXPECT_THAT(targets_of("<a href=#1>1</a><a href=a>2</a><a href=#2>3</a>"),
              ElementsAre("a https://example.com/dir/a"));
}

TEST(Links, AsTargetsMayBeTheBaseItself) {
  EXPECT_THAT(targets_of("<base href=/other><a href=#1>1</a>"), ElementsAre("a https://example.com/other#1"));
}

TEST(Links, AsTargetsAreToldApartByWhatTheyAre) {
  EXPECT_THAT(targets_of("<a href=a rel=nofollow>1</a><a href=a>2</a><iframe src=a></iframe>"), SizeIs(3));
}

TEST(Links, AsTargetsKeepASpaceBeforeAFragment) {
  EXPECT_THAT(targets_of("<a href='a '>1</a><a href='a #b'>2</a>"),
              ElementsAre("a https://example.com/dir/a", "a https://example.com/dir/a%20#b"));
}

TEST(Links, AsTargetsAreNotCountedWhereTheyAreTooLong) {
  const std::string longest = "#" + std::string(Url::max_length, 'x');
  const std::string html = "<a href=a>1</a><a href=a" + longest + ">2</a><a href=" + longest + ">3</a>";
  EXPECT_THAT(targets_of(html), SizeIs(1));
  EXPECT_EQ(read_page(html, page_url(), LinkReading::targets).link_count, 1U);
}

TEST(Links, OfMediaAreOneKind) {
  EXPECT_THAT(links_of("<video src=v poster=p><source src=s><track src=t></video><audio src=a></audio>"
                       "<embed src=e><object data=o></object>"),
              ElementsAre("media https://example.com/dir/v", "media https://example.com/dir/p",
                          "media https://example.com/dir/s", "media https://example.com/dir/t",
                          "media https://example.com/dir/a", "media https://example.com/dir/e",
                          "media https://example.com/dir/o"));
}

TEST(Links, OfSrcsetAreOneEachCandidate) {
  EXPECT_THAT(links_of("<img src=i srcset='a 1x, b 2x'><picture><source srcset=c></picture>"
                       "<link rel=preload imagesrcset='d 100w'>"),
              ElementsAre("img https://example.com/dir/i", "srcset https://example.com/dir/a",
                          "srcset https://example.com/dir/b", "srcset https://example.com/dir/c",
                          "srcset https://example.com/dir/d"));
}

TEST(Links, OfButtonsAreTheirForms) {
  EXPECT_THAT(links_of("<form><button formaction=b></button><input formaction=c><input type=Image src=i>"
                       "<input src=no></form>"),
              ElementsAre("form https://example.com/dir/b", "form https://example.com/dir/c",
                          "img https://example.com/dir/i"));
}

TEST(Links, InSvgAreAnchorsAndImages) {
  EXPECT_THAT(
      links_of("<svg><a xlink:href=a>x</a><a xlink:href=no href=b></a><image href=c /><script href=no />"
               "</svg>"),
      ElementsAre("a https://example.com/dir/a", "a https://example.com/dir/b",
                  "img https://example.com/dir/c"));
}

TEST(Links, OfAnImageInHtmlAreItsSourceAlone) {
  EXPECT_THAT(links_of("<img href=no><image src=i>"), ElementsAre("img https://example.com/dir/i"));
}

TEST(Links, OfFramesAreFound) {
  EXPECT_THAT(links_of("<frameset><frame src=f></frameset>"), ElementsAre("frame https://example.com/dir/f"));
}

TEST(Links, AreHttpOnly) {
  EXPECT_THAT(links_of("<a href='mailto:x@y'>m</a><a href='javascript:void(0)'>j</a><img src='data:,x'>"),
              IsEmpty());
}

TEST(Links, EmptyAddressIsAnAnchorsOnly) {
  EXPECT_THAT(links_of("<a href=''>x</a><img src=''><form action=' '>"),
              ElementsAre("a https://example.com/dir/page"));
}

TEST(Links, KeepTheirRelAndText) {
  const PageFacts facts = read("<a href=x rel='NoFollow  ugc'> one <b>two</b>\n</a> three <a>four</a>");
  ASSERT_THAT(facts.links, SizeIs(1));
  EXPECT_EQ(facts.links[0].rel, "nofollow ugc");
  EXPECT_EQ(facts.links[0].text, "one two");
}

TEST(Links, GoByTheFirstBaseEvenBeforeIt) {
  EXPECT_THAT(links_of("<a href=x></a><base href='//cdn.org/b/'><base href=/no/>"),
              ElementsAre("a https://cdn.org/b/x"));
}

TEST(Links, UselessBaseIsPassedOver) {
  EXPECT_THAT(links_of("<base href='data:,x'><a href=x></a>"), ElementsAre("a https://example.com/dir/x"));
}

TEST(Links, InTemplatesAreNoneAndInNoscriptAreLinks) {
  EXPECT_THAT(links_of("<template><a href=t></a></template><body><noscript><img src=n></noscript>"),
              ElementsAre("img https://example.com/dir/n"));
}

TEST(Links, ReferencesInThemAreDecoded) {
  EXPECT_THAT(links_of("<a href='?a=1&amp;b=&#x32;'></a>"),
              ElementsAre("a https://example.com/dir/page?a=1&b=2"));
}

TEST(Links, TextIsApartWhereBlocksAre) {
  EXPECT_EQ(read("<a href=x><h3>a</h3><p>b<br>c</p></a>").links[0].text, "a b c");
}

TEST(Links, WithoutTextHaveTheAlternativeOfTheirImages) {
  EXPECT_EQ(read("<a href=x><img alt=a> <img alt=' b '></a>").links[0].text, "a b");
  EXPECT_EQ(read("<a href=x><img alt=a>b</a>").links[0].text, "b");
  EXPECT_EQ(read("<map><area href=x alt='a  b'></map>").links[0].text, "a b");
}

TEST(Links, BrokenByABlockAreOneLink) {
  EXPECT_THAT(texts_of("<a href=x>one<p>two</a>three"), ElementsAre("x one two"));
  EXPECT_THAT(texts_of("<a href=x>one<div>two<div>three</a>four</div>five"), ElementsAre("x one two three"));
}

TEST(Links, BrokenByFormattingAreOneLink) {
  EXPECT_THAT(texts_of("<b><a href=x>o</b>n</a>e"), ElementsAre("x on"));
  EXPECT_THAT(texts_of("<b><i><a href=x>o</b>n</i>e</a>"), ElementsAre("x one"));
  EXPECT_THAT(texts_of("<i><a href=x>o </b>n<u></a>e</u></i>"), ElementsAre("x o n"));
}

TEST(Links, LeftOpenGoOnInTheNextBlock) {
  EXPECT_THAT(texts_of("<p><a href=x>one<p>two<p><img src=i>three"), ElementsAre("x one two three", "i "));
  EXPECT_THAT(texts_of("<ul><li><a href=x>one<li>two<li><a href=y>three"),
              ElementsAre("x one two", "y three"));
}

TEST(Links, EndWhereAnotherBegins) {
  EXPECT_THAT(texts_of("<a href=x>one<a href=y>two</a>three</a>four"), ElementsAre("x one", "y two"));
  EXPECT_THAT(texts_of("<a href=x>one<p>two<a href=y>three<p>four</a>five"),
              ElementsAre("x one two", "y three four"));
  EXPECT_THAT(texts_of("<p><a href=x>one<p>two<a>three</a>four"), ElementsAre("x one two"));
}

TEST(Links, GoOnAfterOneWithinThem) {
  EXPECT_THAT(texts_of("<a href=x>one<table><td><a href=y>two</a></table>three</a>four"),
              ElementsAre("x one three", "y two"));
  EXPECT_THAT(texts_of("<a href=x>one<table><td><a>two</a></table>three</a>four"),
              ElementsAre("x one three"));
  EXPECT_THAT(texts_of("<a href=x>one<table><td><a href=y>two<p>and</table><p>three</a>four"),
              ElementsAre("x one three", "y two and"));
}

TEST(Links, HoldWhatATableWithinThemPutsOut) {
  EXPECT_THAT(texts_of(read_alone("<a href=x>one<table><a href=y>two</a>three")),
              ElementsAre("x one three", "y two"));
}

TEST(Links, WithoutAddressTakeNoTextWhereTheyAreBroken) {
  EXPECT_THAT(texts_of("<p><a>one<p>two<p><a href=x>three"), ElementsAre("x three"));
  EXPECT_THAT(texts_of("<a href=x>one<table><td><p><a>two<p>three</table>four</a>"),
              ElementsAre("x one four"));
}

TEST(Links, AroundATableGoOnAfterIt) {
  EXPECT_THAT(texts_of("<!doctype html><p><a href=x>one<table><td><a href=y>two</a></table><p>three</a>four"),
              ElementsAre("x one three", "y two"));
}

TEST(Links, MovedOutOfATableStandInSourceOrder) {
  const std::string_view html =
      "<table><tr><td><a href=x>one</a></td></tr><a href=y>two</a>"
      "<tr><td><img src=z srcset='s, t'></td></tr></table><a href=w>three</a>";
  for (const PageFacts& facts : {read_alone(html), read_tree(html)})
    EXPECT_THAT(texts_of(facts), ElementsAre("x one", "y two", "z ", "s ", "t ", "w three"));
}

TEST(Links, OpenWhereATableBreaksThemAreOneLink) {
  const std::string_view html = "<table><a href=x>one<tr>two<td>three</table>four";
  EXPECT_THAT(texts_of(read_alone(html)), ElementsAre("x one two four"));
  EXPECT_THAT(texts_of(read_tree(html)), ElementsAre("x onetwo four"));
}

TEST(Links, MovedFeedsAndAlternatesStayTheirOwn) {
  const PageFacts facts = read(
      "<table><tr><td><link rel=alternate hreflang=de href=x></td></tr>"
      "<link rel=alternate type=application/rss+xml href=y title=t></table>");
  ASSERT_THAT(facts.alternates, SizeIs(1));
  EXPECT_EQ(facts.alternates[0].url.href(), "https://example.com/dir/x");
  ASSERT_THAT(facts.feeds, SizeIs(1));
  EXPECT_EQ(facts.feeds[0].url.href(), "https://example.com/dir/y");
  EXPECT_EQ(facts.links[0].url.href(), "https://example.com/dir/x");
}

}  // namespace
}  // namespace parse
