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

}  // namespace
}  // namespace parse
