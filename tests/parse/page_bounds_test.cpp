#include <cstddef>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/html_tree.h"
#include "parse/page_facts.h"
#include "parse/utf8.h"
#include "tests/parse/html_reading.h"

namespace parse {
namespace {

using namespace std::literals;
using testing::Optional;
using testing::SizeIs;

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

/// What gumbo would take too long or too much memory for.
class BeyondATree : public testing::TestWithParam<Bomb> {};

TEST_P(BeyondATree, IsReadWithoutOne) {
  const std::string html = "<title>T</title>" + GetParam().html;
  EXPECT_FALSE(HtmlTree::parse(html));
  EXPECT_THAT(read_alone(html).title, Optional("T"s));
}

std::string numbered(std::string_view before, std::size_t count, std::string_view after) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += std::string(before) + std::to_string(i) + std::string(after);
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    PageFacts, BeyondATree,
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

/// Debian 12's gumbo ended the process: "Assertion `node' failed".
TEST(Bounds, PagesOnWhichGumboContradictsItselfAreReadAllTheSame) {
  for (const std::string html : {"<table><svg><select><foreignObject><select><td>x",
                                 "<table><math><td><mi><template><</template></table>x",
                                 "<table><svg><select><title><template></template><tbody>x",
                                 "<table><select><select><math><select><mi><select><caption>x"})
    EXPECT_EQ(read_alone("<a href=/y>y</a>" + html).links.size(), 1U) << html;
}

TEST(Bounds, ReferencesBeyondAnyNumberAreNoBrokenText) {
  for (const std::string digits : {"&#x80EEEEEEE;", "&#x000800000EE;", "&#2147483884;"}) {
    const PageFacts facts = read("<p title='" + digits + "'>a" + digits);
    EXPECT_TRUE(is_utf8(facts.text)) << digits;
    EXPECT_EQ(facts.text, "a\uFFFD") << digits;
  }
  EXPECT_FALSE(read("&#x0000000000041;&#1114112;&#x10FFFF;").beyond_bounds);
}

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

/// Pages of facts, 2 MB each, all of which must be read in memory of their own size.
class ManyFacts : public testing::TestWithParam<Bomb> {};

TEST_P(ManyFacts, AreKeptWithinBounds) {
  std::size_t bytes = 0;
  const PageFacts facts = read(GetParam().html);
  for (const Heading& heading : facts.headings) bytes += sizeof heading + heading.text.size();
  for (const Alternate& alternate : facts.alternates) bytes += sizeof alternate + alternate.url.href().size();
  for (const Feed& feed : facts.feeds) bytes += sizeof feed + feed.url.href().size() + feed.title.size();
  for (const Property& property : facts.properties) bytes += sizeof property + property.content.size();
  for (const Property& property : facts.robots) bytes += sizeof property + property.content.size();
  for (const std::string& script : facts.json_ld) bytes += sizeof script + script.size();
  for (const Link& link : facts.links) bytes += sizeof link + link.url.href().size() + link.rel.size();
  EXPECT_GT(bytes, 1'000'000U);
  EXPECT_LE(bytes, 130'000'000U);
}

INSTANTIATE_TEST_SUITE_P(
    PageFacts, ManyFacts,
    testing::Values(Bomb{"Headings", repeat("<h1>a", 400'000)},
                    Bomb{"Properties", repeat("<meta name=og:x content=y>", 80'000)},
                    Bomb{"Robots", repeat("<meta name=robots content=none>", 60'000)},
                    Bomb{"JsonLd", repeat("<script type=application/ld+json>{}</script>", 50'000)},
                    Bomb{"Feeds",
                         repeat("<link rel=alternate type=application/rss+xml href=f title=t>", 30'000)},
                    Bomb{"Alternates", "<base href='/" + std::string(50'000, 'b') + "/'>" +
                                           repeat("<link rel=alternate hreflang=de href=f>", 50'000)},
                    Bomb{"Srcset", "<img srcset='" + repeat("a, ", 700'000) + "'>"},
                    Bomb{"SrcsetWithALongRel", "<img rel='" + std::string(1'000'000, 'r') + "' srcset='" +
                                                   repeat("a, ", 300'000) + "'>"}),
    [](const auto& page) { return page.param.name; });

}  // namespace
}  // namespace parse
