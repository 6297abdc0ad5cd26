#include "parse/page_facts.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/html_tree.h"
#include "parse/meta_refresh.h"
#include "parse/utf8.h"
#include "parse/visible_text.h"

namespace parse {
namespace {

using namespace std::literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

PageFacts read(std::string_view html) { return read_page(html, *Url::parse("https://example.com/dir/page")); }

std::string text_of(std::string_view html) { return read(html).text; }

/// "kind url", one a link.
std::vector<std::string> links_of(const PageFacts& facts) {
  std::vector<std::string> links;
  for (const Link& link : facts.links)
    links.push_back(std::string(name(link.kind)) + ' ' + std::string(link.url.href()));
  return links;
}
std::vector<std::string> links_of(std::string_view html) { return links_of(read(html)); }

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  while (times-- > 0) out += piece;
  return out;
}

/// A page of the given tags which is beyond bounds for its depth alone.
std::string too_deep(std::string_view html) {
  return std::string(html) + repeat("<div>", 2 * HtmlTree::max_depth);
}

TEST(PageFacts, TitleIsTheFirstWithItsSpaceCollapsed) {
  EXPECT_THAT(read("<title> a\n &amp; b </title><title>c</title>").title, Optional("a & b"s));
  EXPECT_THAT(read("<p>none").title, std::nullopt);
  EXPECT_THAT(read("<title></title><title>late</title>").title, Optional(""s));
}

TEST(PageFacts, TitleInSvgIsNone) {
  EXPECT_THAT(read("<svg><title>icon</title></svg><title>page</title>").title, Optional("page"s));
}

TEST(PageFacts, DescriptionsNameIsInAnyCase) {
  EXPECT_THAT(read("<META NAME=Description CONTENT=' a  b '>").description, Optional("a b"s));
}

TEST(PageFacts, LangIsThatOfHtml) {
  EXPECT_THAT(read("<html lang=de><p lang=fr>").lang, Optional("de"s));
  EXPECT_THAT(read("<p lang=fr>").lang, std::nullopt);
}

TEST(PageFacts, CanonicalIsAmongTheRelsTokensAndResolved) {
  EXPECT_THAT(read("<link rel='x Canonical' href=/c>").canonical, Optional("https://example.com/c"s));
  EXPECT_THAT(read("<link rel=canonicals href=/c>").canonical, std::nullopt);
}

TEST(Links, OfAllKindsStandInSourceOrder) {
  EXPECT_THAT(
      links_of("<meta http-equiv=Refresh content='0; URL=r'><link href=l><script src=s></script>"
               "<a href=a></a><map><area href=ar></map><img src=i><iframe src=if></iframe><form action=f>"),
      ElementsAre("meta_refresh https://example.com/dir/r", "link https://example.com/dir/l",
                  "script https://example.com/dir/s", "a https://example.com/dir/a",
                  "area https://example.com/dir/ar", "img https://example.com/dir/i",
                  "iframe https://example.com/dir/if", "form https://example.com/dir/f"));
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

TEST(Text, BlocksAreLinesAndSpaceIsCollapsed) {
  EXPECT_EQ(text_of("<h1> A  b</h1><p>c<b>d</b> e<br><br>f<ul><li>g<li>h</ul>"), "A b\ncd e\nf\ng\nh");
}

TEST(Text, CellsOfARowAreApart) {
  EXPECT_EQ(text_of("<table><tr><td>a</td><td>b</td></tr><tr><th>c<td>d</table>"), "a b\nc d");
}

TEST(Text, LinesOfPreAreKept) { EXPECT_EQ(text_of("<pre>a\n b</pre><p>c\nd"), "a\nb\nc d"); }

TEST(Text, WhatBrowsersHideIsLeftOut) {
  EXPECT_EQ(
      text_of(
          "<title>t</title><style>s</style>a<script>x</script><noscript>n</noscript><template>t</template>"
          "<p hidden>h<b>h</b></p><textarea>e</textarea><svg><title>i</title></svg>b<!-- c -->"),
      "a\nb");
}

TEST(Text, ReferencesAndNulBytesAreWhatTheStandardSays) {
  EXPECT_EQ(text_of("a&lt;b&#8364;&copy\0c"s), "a<b€©c");
}

TEST(VisibleText, HasNoSpaceAtTheEndOfALine) {
  VisibleText text;
  text.break_line();
  text.add(" a ");
  text.break_line();
  text.add_space();
  text.add(" b ");
  EXPECT_EQ(text.take(), "a\nb");
}

// https://html.spec.whatwg.org/#shared-declarative-refresh-steps
TEST(MetaRefresh, TargetIsReadInItsManySpellings) {
  for (const std::string_view content :
       {"0;url=x", " 5 ; URL = 'x' y", "1.5,x", "3 x", "0; url=\"x\"", "0;url='x"})
    EXPECT_THAT(refresh_target(content), Optional("x"sv)) << content;
}

TEST(MetaRefresh, WithoutATimeOrATargetThereIsNone) {
  for (const std::string_view content : {"", "5", "5;", "url=x", "x;url=y", "5x;url=y", "5;url=", "5;url=''"})
    EXPECT_EQ(refresh_target(content), std::nullopt) << content;
}

// Pages that would cost gumbo too much are read tag by tag.

TEST(PlainReading, KeepsTheFactsOfAPageThatIsTooDeep) {
  const PageFacts facts = read(too_deep(
      "<!doctype html><html lang=en><head><title>T &amp; t</title><meta name=description content='d'>"
      "<base href=/b/><link rel=canonical href=c><script>if (a<b) '<a href=no>'</script><body>"
      "<p>one<a href='x?a&amp;b' rel=next>two</a><!-- <a href=no> --><img src=i>three<p>four"));
  EXPECT_TRUE(facts.beyond_bounds);
  EXPECT_THAT(facts.lang, Optional("en"s));
  EXPECT_THAT(facts.title, Optional("T & t"s));
  EXPECT_THAT(facts.description, Optional("d"s));
  EXPECT_THAT(facts.canonical, Optional("https://example.com/b/c"s));
  EXPECT_EQ(facts.text, "onetwothree\nfour");
  EXPECT_THAT(links_of(facts), ElementsAre("link https://example.com/b/c", "a https://example.com/b/x?a&b",
                                           "img https://example.com/b/i"));
  EXPECT_EQ(facts.links[1].text, "two");
}

TEST(PlainReading, LeavesOutScriptsStylesAndComments) {
  EXPECT_EQ(read(too_deep("a<style>s</style><script>x</scripty></script >b<!-->c<!-- --!d -->e")).text,
            "abce");
}

TEST(PlainReading, DecodesNumbersAndCommonNames) {
  EXPECT_EQ(read(too_deep("&lt;&#65;&#x42;&#0;&#99999999999;&nbsp;&unknown;&#;& &")).text,
            "<AB\uFFFD\uFFFD\u00A0&unknown;&#;& &");
}

TEST(PlainReading, RepairsBytesThatAreNoUtf8) { EXPECT_EQ(read(too_deep("a\xFFz")).text, "a\uFFFDz"); }

TEST(PlainReading, SurvivesTagsCutOffAnywhere) {
  const std::string deep = too_deep("x");
  const std::string_view whole = "<a href = 'y' =b/c>&#x41;</a><!-- --><script>z</script>";
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_TRUE(read(deep + std::string(whole.substr(0, length))).text.starts_with("x"));
}

TEST(Bounds, OrdinaryPagesAreWithinThem) {
  EXPECT_FALSE(read(repeat("<div>", 400) + "x").beyond_bounds);
  EXPECT_FALSE(read(repeat("<p>a<li>b<td>c<option>d", 1000)).beyond_bounds);
  EXPECT_FALSE(read("<table>" + repeat("<tr><td>a<td>b", 1000)).beyond_bounds);
  EXPECT_FALSE(read(repeat("<a name=x>a <font color=red>b</font></a>", 1000)).beyond_bounds);
}

TEST(Bounds, TextAsLongAsANodeIsNoNode) {
  const std::string text(sizeof(GumboNode) - 1, 'x');
  EXPECT_FALSE(read(repeat("<p title='" + text + "'>" + text, 2000)).beyond_bounds);
}

TEST(Bounds, FewerAttributesThanTheBoundAreKept) {
  std::string tag = "<a ";
  for (std::size_t i = 0; i < HtmlTree::max_attributes - 1; ++i) tag += 'n' + std::to_string(i) + ' ';
  const PageFacts facts = read(tag + "href=x>y</a>");
  EXPECT_FALSE(facts.beyond_bounds);
  EXPECT_THAT(facts.links, SizeIs(1));
}

struct Bomb {
  std::string name;
  std::string html;
};

class BeyondBounds : public testing::TestWithParam<Bomb> {};

TEST_P(BeyondBounds, IsEndedAndReadPlainly) {
  const PageFacts facts = read("<title>T</title>" + GetParam().html);
  EXPECT_TRUE(facts.beyond_bounds);
  EXPECT_THAT(facts.title, Optional("T"s));
}

std::string numbered(std::string_view before, std::size_t count, std::string_view after) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += std::string(before) + std::to_string(i) + std::string(after);
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    PageFacts, BeyondBounds,
    testing::Values(Bomb{"Divs80K", repeat("<div>", 16'000)}, Bomb{"Divs320K", repeat("<div>", 64'000)},
                    Bomb{"DivsWithText", repeat("x<div>", 16'000)},
                    Bomb{"AttributesInOneTag", "<p " + numbered("a", 20'000, " ") + ">"},
                    Bomb{"FormattingReopened", "<p>" + numbered("<b id=", 400, ">") + repeat("<p>x", 5'000)},
                    Bomb{"FewFormattingReopened",
                         "<p>" + numbered("<b id=", 30, ">") + repeat("<p>x", 3'000)},
                    Bomb{"AnchorsInFormatting", repeat("<a><b>", 50'000)},
                    Bomb{"MisnestedFormatting", repeat("<b><i><div></b>", 20'000)},
                    Bomb{"EndTagsThatCloseNothing",
                         repeat(repeat("<span>", 100) + "<div>" + repeat("</span>", 100), 100)},
                    Bomb{"TablesInCells", repeat("<div><table><td></div>", 5'000)},
                    Bomb{"Svg", repeat("<svg><td>", 10'000)},
                    Bomb{"SvgTitle", "<svg><title>" + repeat("<div>", 10'000)},
                    Bomb{"Templates", repeat("<template>", 5'000)},
                    Bomb{"BodyAttributes", numbered("<body a", 20'000, ">")},
                    Bomb{"SameFormattingWithManyAttributes",
                         repeat("<b " + numbered("a", 400, " ") + "z>" + repeat("<i>", 3), 500)}),
    [](const auto& bomb) { return bomb.param.name; });

class Hostile : public testing::TestWithParam<Bomb> {};

TEST_P(Hostile, GivesFactsInUtf8) {
  const PageFacts facts = read(GetParam().html);
  EXPECT_TRUE(is_utf8(facts.text));
  EXPECT_LE(facts.text.size(), 3 * GetParam().html.size());
}

INSTANTIATE_TEST_SUITE_P(PageFacts, Hostile,
                         testing::Values(Bomb{"LessThan", std::string(1'000'000, '<')},
                                         Bomb{"OpenComments", repeat("<!--", 100'000)},
                                         Bomb{"OpenScript", "<script>" + repeat("</scrip", 100'000)},
                                         Bomb{"OpenTags", repeat("<a ", 100'000)},
                                         Bomb{"OpenQuote", "<a href='" + repeat("x>", 100'000)},
                                         Bomb{"NulBytes", std::string(100'000, '\0')},
                                         Bomb{"NulInTags", repeat("<\0a\0>"s, 50'000)},
                                         Bomb{"NoUtf8", std::string(100'000, '\xFF')},
                                         Bomb{"Ampersands", repeat("&#&amp", 50'000)}, Bomb{"Nothing", ""},
                                         Bomb{"HalfACharacter", "<p>\xE2\x82"}),
                         [](const auto& page) { return page.param.name; });

TEST(Bounds, SmallReferencesToALongBaseFillNoMemory) {
  const PageFacts facts =
      read("<base href='/" + std::string(60'000, 'a') + "/'>" + repeat("<a href=x>", 10'000));
  EXPECT_TRUE(facts.beyond_bounds);
  std::size_t bytes = 0;
  for (const Link& link : facts.links) bytes += link.url.href().size();
  EXPECT_LE(bytes, 16U * 1024 * 1024);
}

TEST(Bounds, PageOfNothingButLinksKeepsTheFirstOfThem) {
  const PageFacts facts = read(repeat("<a href=x>", 1'000'000));
  EXPECT_TRUE(facts.beyond_bounds);
  EXPECT_THAT(facts.links, SizeIs(testing::AllOf(testing::Gt(100'000U), testing::Lt(1'000'000U))));
}

}  // namespace
}  // namespace parse
