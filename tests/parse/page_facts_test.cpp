#include "parse/page_facts.h"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/meta_refresh.h"
#include "parse/visible_text.h"
#include "tests/parse/html_reading.h"

namespace parse {
namespace {

using namespace std::literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

/// "name = content", one a property.
std::vector<std::string> lines_of(const std::vector<Property>& properties) {
  std::vector<std::string> lines;
  for (const Property& property : properties) lines.push_back(property.name + " = " + property.content);
  return lines;
}

/// "level text", one a heading.
std::vector<std::string> headings_of(std::string_view html) {
  std::vector<std::string> lines;
  for (const Heading& heading : read(html).headings)
    lines.push_back(std::to_string(heading.level) + ' ' + heading.text);
  return lines;
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

TEST(PageFacts, LangIsThatOfThePragmaWhereHtmlHasNone) {
  EXPECT_THAT(read("<meta http-equiv=Content-Language content=' de x'>").lang, Optional("de"s));
  EXPECT_THAT(read("<html lang=fr><meta http-equiv=content-language content=de>").lang, Optional("fr"s));
  EXPECT_THAT(read("<meta http-equiv=content-language content='de, fr'>").lang, std::nullopt);
  EXPECT_THAT(read("<html xml:lang=fr>").lang, std::nullopt);
}

TEST(PageFacts, BaseIsTheFirstWithAnAddressThatIsOne) {
  EXPECT_EQ(read("<base target=x><base href=b/><base href=c/>").base->href(), "https://example.com/dir/b/");
  EXPECT_EQ(read("<base href='javascript:x'><base href=c/>").base, std::nullopt);
  EXPECT_EQ(read("<svg><base href=b/></svg>").base, std::nullopt);
}

TEST(PageFacts, CanonicalIsAmongTheRelsTokensAndResolved) {
  EXPECT_THAT(read("<link rel='x Canonical' href=/c>").canonical, Optional("https://example.com/c"s));
  EXPECT_THAT(read("<link rel=canonicals href=/c>").canonical, std::nullopt);
}

TEST(Headings, AreThoseWithTextInSourceOrder) {
  EXPECT_THAT(headings_of("<h2> a <b>b</b></h2><h1></h1><h6>c<p>d</p></h6><h1 hidden>e</h1>"),
              ElementsAre("2 a b", "6 c d"));
}

TEST(Headings, OfAnImageAreItsAlternativeText) {
  EXPECT_THAT(headings_of("<h1><img alt=' Logo '></h1><h2><img alt=no>yes</h2>"),
              ElementsAre("1 Logo", "2 yes"));
}

TEST(Headings, EndWhereTheNextBegins) {
  EXPECT_THAT(headings_of("<h1>a<div><h2>b</h3></div>c"), ElementsAre("1 a", "2 b"));
}

TEST(Alternates, AreLinksWithALanguage) {
  const PageFacts facts = read(
      "<link rel='Alternate x' hreflang=' de ' href=/de><link rel=alternate href=/x>"
      "<link rel=canonical hreflang=fr href=/fr><base href='//other.org/'>");
  ASSERT_EQ(facts.alternates.size(), 1U);
  EXPECT_EQ(facts.alternates[0].lang, "de");
  EXPECT_EQ(facts.alternates[0].url.href(), "https://other.org/de");
  EXPECT_THAT(facts.feeds, IsEmpty());
}

TEST(Feeds, AreAlternatesOfAFeedsType) {
  const PageFacts facts = read(
      "<link rel=alternate type='Application/RSS+XML; charset=x' title=' a  b' href=f>"
      "<link rel=alternate type=text/html href=h><link type=application/rss+xml href=g>");
  ASSERT_EQ(facts.feeds.size(), 1U);
  EXPECT_EQ(facts.feeds[0].url.href(), "https://example.com/dir/f");
  EXPECT_EQ(facts.feeds[0].type, "application/rss+xml");
  EXPECT_EQ(facts.feeds[0].title, "a b");
}

TEST(Properties, AreThoseOfTheKnownVocabularies) {
  EXPECT_THAT(
      lines_of(read("<meta property='OG:Title' content=' a  b '><meta name=twitter:card content=c>"
                    "<meta property=og:title name=twitter:title content=d><meta name=og:x content=''>"
                    "<meta property=other:x content=e><meta property=og:y>")
                   .properties),
      ElementsAre("og:title = a b", "twitter:card = c", "twitter:title = d", "og:title = d", "og:x = "));
}

TEST(Properties, NamedTwiceInOneTagAreOne) {
  EXPECT_THAT(lines_of(read("<meta property=og:title name=og:title content=a>").properties),
              ElementsAre("og:title = a"));
}

TEST(Robots, AreAllAndSingleOnes) {
  EXPECT_THAT(
      lines_of(read("<meta name=Robots content='noindex, nofollow'><meta name=googlebot-news content=none>"
                    "<meta name=baiduspider content=all><meta name=author content=noindex>")
                   .robots),
      ElementsAre("robots = noindex, nofollow", "googlebot-news = none", "baiduspider = all"));
}

TEST(JsonLd, IsTheScriptsTextAsItStands) {
  EXPECT_THAT(read("<script type='Application/LD+JSON;x=y'> {\"a\": \"&lt;b\"}\n</script>"
                   "<script type=application/ld+json> </script><script>{}</script>"
                   "<script type=application/ld+json>no JSON</script>")
                  .json_ld,
              ElementsAre(" {\"a\": \"&lt;b\"}\n", "no JSON"));
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

TEST(VisibleText, KeepsBytesThatAreNoSpace) {
  VisibleText text;
  text.add("a\v \x1F  -\t");
  text.add("\u00A0c");
  EXPECT_EQ(text.take(), "a\v \x1F - \u00A0c");
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

TEST(VisibleText, IsTheSameInAnyPieces) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t length = random() % 80; text.size() < length;)
      text += "aaaab\v   \n\t\r\f\xC3\x89"[random() % 16];
    VisibleText whole;
    VisibleText pieces;
    whole.add(text);
    for (const char& c : text) pieces.add({&c, 1});
    EXPECT_EQ(whole.take(), pieces.take()) << testing::PrintToString(text);
  }
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

// Pages that would cost gumbo too much have no tree to compare with.

TEST(DeepPages, KeepTheirFacts) {
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

TEST(PageFacts, OfBytesThatAreNoUtf8AreRepaired) {
  EXPECT_EQ(read_alone("a\xFFz<title>\xFF</title>").text, "a\uFFFDz");
}

TEST(PageFacts, AreReadFromTagsCutOffAnywhere) {
  const std::string_view whole = "x<a href = 'y' =b/c>&#x41;</a><!-- --><script>z</script>";
  for (std::size_t length = 1; length < whole.size(); ++length)
    EXPECT_TRUE(text_of(whole.substr(0, length)).starts_with("x"));
}

TEST(PageFacts, OfATreeAreThoseOfThePage) {
  const std::string html = "<title>T</title><a href=x>y</a>";
  const auto tree = HtmlTree::parse(html);
  ASSERT_TRUE(tree);
  const PageFacts facts = read_page(*tree, *Url::parse("https://example.com/dir/page"));
  EXPECT_THAT(facts.title, Optional("T"s));
  EXPECT_EQ(links_of(facts), links_of(html));
}

}  // namespace
}  // namespace parse
