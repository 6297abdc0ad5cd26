#include "parse/field.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/extraction.h"
#include "parse/html_tree.h"
#include "parse/utf8.h"

namespace parse {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::IsEmpty;

std::string to_string(const FieldValue& value) {
  if (const auto* const text = std::get_if<std::string>(&value)) return *text;
  const auto* const texts = std::get_if<std::vector<std::string>>(&value);
  if (texts == nullptr) return "none";
  std::string joined = "[";
  for (const std::string& text : *texts) joined += (joined.size() == 1 ? "" : "|") + text;
  return joined + "]";
}

Extracted extract_from(std::string_view html, std::string_view each, const std::vector<std::string>& fields) {
  Extraction wanted;
  if (!each.empty()) wanted.each = *Selector::parse(each);
  for (const std::string& field : fields) wanted.fields.push_back(Field::parse(field).value());
  return extract(HtmlTree::parse(html).value(), *Url::parse("https://example.com/dir/page?q"), wanted);
}

/// The value of "x=" and `css` in the whole page.
std::string value_of(const std::string& css, std::string_view html) {
  return to_string(extract_from(html, "", {"x=" + css}).items.at(0).at(0));
}

std::string values_of(const std::string& css, std::string_view html) {
  return to_string(extract_from(html, "", {"x[]=" + css}).items.at(0).at(0));
}

/// A line for each item.
std::vector<std::string> items_of(std::string_view each, const std::vector<std::string>& fields,
                                  std::string_view html) {
  std::vector<std::string> lines;
  for (const Item& item : extract_from(html, each, fields).items) {
    std::string line;
    for (const FieldValue& value : item) line += (line.empty() ? "" : ", ") + to_string(value);
    lines.push_back(line);
  }
  return lines;
}

TEST(Field, HasANameASelectorAndASource) {
  const Field field = *Field::parse("price_1.eur-x=.price@Data-Amount");
  EXPECT_EQ(field.name, "price_1.eur-x");
  EXPECT_FALSE(field.is_list);
  EXPECT_TRUE(field.selector.has_value());
  EXPECT_EQ(field.source, Field::Source::attribute);
  EXPECT_EQ(field.attribute, "data-amount");
}

TEST(Field, IsOfTextIfNothingElseIsSaid) {
  EXPECT_EQ(Field::parse("a=b")->source, Field::Source::text);
  EXPECT_EQ(Field::parse("a=b@text")->source, Field::Source::text);
  EXPECT_EQ(Field::parse("a=b @ html ")->source, Field::Source::html);
}

TEST(Field, IsAListAfterBrackets) {
  EXPECT_TRUE(Field::parse("tags[]=a")->is_list);
  EXPECT_EQ(Field::parse("tags[]=a")->name, "tags");
}

TEST(Field, WithoutASelectorIsOfTheItem) {
  EXPECT_FALSE(Field::parse("link=@href")->selector.has_value());
  EXPECT_FALSE(Field::parse("text=")->selector.has_value());
}

TEST(Field, TheLastAtSignOutsideOfQuotesAndBracketsCounts) {
  for (const std::string spec : {"a=[b='@c']", "a=[b='\\'@c']", "a=b:contains('@')", "a=b/*@c*/", "a=b\\@c"})
    EXPECT_EQ(Field::parse(spec).value().source, Field::Source::text) << spec;
  EXPECT_EQ(Field::parse("a=[b=\"x@y\"]@href").value().attribute, "href");
  EXPECT_EQ(Field::parse("a=[b=']']@href").value().attribute, "href");
}

TEST(Field, ErrorsSayWhatIsWrongAndWhere) {
  struct Refused {
    std::string_view spec;
    std::size_t at;
    std::string_view what;
  };
  const std::vector<Refused> table = {
      {"", 0, "expected '=' and a selector after the name"},
      {"title", 5, "expected '=' and a selector after the name"},
      {"=h1", 0, "expected a name before '='"},
      {"[]=h1", 0, "expected a name before '='"},
      {"a b=h1", 1, "a name has letters, digits, '_', '-' and '.' only"},
      {"a[=h1", 1, "a name has letters, digits, '_', '-' and '.' only"},
      {"title=h1..x", 9, "expected a class name after '.'"},
      {"title=  h1..x@href", 11, "expected a class name after '.'"},
      {"a=b@", 4, "expected text, html or the name of an attribute after '@'"},
      {"a=b@ ", 5, "expected text, html or the name of an attribute after '@'"},
      {"a=b@c d", 5, "no attribute's name has this character"},
      {"a=b@c@d", 3, "expected a combinator or ','"},
      {"a=[b@c d]", 4, "expected ']' or one of = ~= |= ^= $= *="},
      {"a=b[c@d", 5, "expected ']' or one of = ~= |= ^= $= *="},
      {"a=b::text", 3, "there are no pseudo-elements: for an element's text end the field with @text"}};
  for (const auto& [spec, at, what] : table) {
    const auto field = Field::parse(spec);
    ASSERT_FALSE(field.has_value()) << spec;
    EXPECT_EQ(field.error().what, what) << spec;
    EXPECT_EQ(field.error().at, at) << spec;
  }
}

TEST(Extraction, OfAScalarIsTheFirstMatchAndOfAListAll) {
  const std::string_view html = "<p>a<p>b";
  EXPECT_EQ(value_of("p", html), "a");
  EXPECT_EQ(values_of("p", html), "[a|b]");
  EXPECT_EQ(value_of("h1", html), "none");
  EXPECT_EQ(values_of("h1", html), "[]");
  EXPECT_EQ(value_of("p", "<p>"), "");
}

TEST(Extraction, TextIsCollapsedAndBlocksKeepWordsApart) {
  EXPECT_EQ(value_of("div", "<div> a\n <b>b</b>c <p>d</p>e<br>f<table><tr><td>g<td>h</table> </div>"),
            "a bc d e f g h");
  EXPECT_EQ(value_of("b", "<p>a <b> b </b> c"), "b");
  EXPECT_EQ(value_of("title", "<title> a\nb </title>"), "a b");
}

TEST(Extraction, TextLeavesScriptsStylesAndTemplatesOut) {
  const std::string_view html =
      "<div>a<script>b</script><style>c</style><template>d</template>e<!--f--></div>";
  EXPECT_EQ(value_of("div", html), "ae");
  EXPECT_EQ(value_of("script", html), "b");
  EXPECT_EQ(value_of("style", html), "c");
  EXPECT_EQ(value_of("template", html), "");
}

TEST(Extraction, HtmlIsWhatIsInside) {
  EXPECT_EQ(value_of("p@html",
                     "<p>a <B CLASS='x\"&lt;&amp;&nbsp;y' hidden>&lt;b&gt;&amp;&nbsp;\"</b><br><!--c--></p>"),
            "a <b class=\"x&quot;&lt;&amp;&nbsp;y\" hidden=\"\">&lt;b&gt;&amp;&nbsp;\"</b><br><!--c-->");
  EXPECT_EQ(value_of("div@html", "<div><script>a<b && c</script><template><i>t</i></template></div>"),
            "<script>a<b && c</script><template><i>t</i></template>");
  EXPECT_EQ(value_of("template@html", "<template><i>t</i></template>"), "<i>t</i>");
  EXPECT_EQ(
      value_of("div@html", "<div><svg viewbox=0><lineargradient xlink:href=a /></svg><x-y></x-y></div>"),
      "<svg viewBox=\"0\"><linearGradient xlink:href=\"a\"></linearGradient></svg><x-y></x-y>");
  EXPECT_EQ(value_of("br@html", "<br>"), "");
}

TEST(Extraction, AttributesThatHoldUrlsAreResolved) {
  EXPECT_EQ(value_of("a@href", "<a href=../x>"), "https://example.com/x");
  EXPECT_EQ(value_of("a@href", "<a href='#f'>"), "https://example.com/dir/page?q#f");
  EXPECT_EQ(value_of("a@href", "<a href='mailto:x@y'>"), "mailto:x@y");
  EXPECT_EQ(value_of("a@href", "<a href='http://[/'>"), "http://[/");
  EXPECT_EQ(value_of("img@src", "<img src=i srcset='i 2x'>"), "https://example.com/dir/i");
  EXPECT_EQ(value_of("img@srcset", "<img src=i srcset='i 2x'>"), "i 2x");
  EXPECT_EQ(value_of("form@action", "<form action=//cdn.org>"), "https://cdn.org/");
  EXPECT_EQ(value_of("a@title", "<a title='../ x'>"), "../ x");
}

TEST(Extraction, AttributesOfAnElementsOwnAreNoUrls) {
  EXPECT_EQ(value_of("div@data", "<div data=42>"), "42");
  EXPECT_EQ(value_of("button@action", "<button action=buy>"), "buy");
  EXPECT_EQ(value_of("object@data", "<object data=/o>"), "https://example.com/o");
}

TEST(Extraction, AttributesAreFoundByTheirWrittenNameInAnyCase) {
  EXPECT_EQ(value_of("p@DATA-x", "<p Data-X=1>"), "1");
  EXPECT_EQ(value_of("svg@viewbox", "<svg viewBox=1>"), "1");
  EXPECT_THAT(value_of("use@xlink:href", "<svg><use xlink:href='#a'></svg>"), testing::EndsWith("#a"));
  EXPECT_EQ(value_of("html@lang", "<html lang=de>"), "de");
}

TEST(Extraction, ElementsWithoutTheAttributeArePassedOver) {
  EXPECT_EQ(value_of("a@href", "<a>x</a><a href=/y>"), "https://example.com/y");
  EXPECT_EQ(values_of("a@title", "<a title=1></a><a></a><a title>"), "[1|]");
}

TEST(Extraction, WithoutEachTheItemIsThePage) {
  EXPECT_THAT(
      items_of("", {"lang=@lang", "title=h1", "no=@class", "list[]=@lang"}, "<html lang=de><h1>a</h1>"),
      ElementsAre("de, a, none, [de]"));
  EXPECT_THAT(items_of("", {}, "<p>"), ElementsAre(""));
}

TEST(Extraction, WithEachOnlyAnItemsDescendantsMatch) {
  EXPECT_THAT(
      items_of("li", {"name=h2", "link=@id", "tags[]=i", "self=li"},
               "<h2>0</h2><ul><li id=a><h2>1</h2><i>x</i><i>y</i><li id=b><li><h2>3</h2></ul><i>z</i>"),
      ElementsAre("1, a, [x|y], none", "none, b, [], none", "3, none, [], none"));
  EXPECT_THAT(items_of("li", {"x=p"}, "<p>"), IsEmpty());
}

TEST(Extraction, ASelectorMayNameWhatStandsAroundTheItem) {
  EXPECT_THAT(items_of("li", {"x=.a b"}, "<ul class=a><li><b>1</b></ul><ul><li><b>2</b></ul>"),
              ElementsAre("1", "none"));
}

TEST(Extraction, ItemsMayLieWithinEachOther) {
  EXPECT_THAT(items_of("div", {"x[]=b", "y=b"}, "<div><b>1</b><div><b>2</b></div><b>3</b></div>"),
              ElementsAre("[1|2|3], 1", "[2], 2"));
}

TEST(Extraction, BeyondTheBudgetTheRestIsLeftOut) {
  std::string html;
  for (int i = 0; i < 300; ++i) html += "<div>" + std::string(200, 'x');
  const Extracted found = extract_from(html, "div", {"x[]=div@html", "y=@html"});
  EXPECT_TRUE(found.beyond_bounds);
  std::size_t bytes = 0;
  for (const Item& item : found.items) bytes += to_string(item.at(0)).size() + to_string(item.at(1)).size();
  EXPECT_GT(bytes, 1'000'000U);
  EXPECT_LT(bytes, 64 * html.size() + 2'000'000);
  EXPECT_FALSE(extract_from("<p>x", "", {"x=p"}).beyond_bounds);
}

TEST(Extraction, AllStringsAreUtf8) {
  const std::string html = "<x\xFF\xC3 a\xFF='\xE2\x82'>\xFFz</x><![CDATA[\xFF]]>";
  for (const std::string css : {"body", "body@html", "body *@html"})
    EXPECT_TRUE(is_utf8(value_of(css, html))) << css;
  EXPECT_EQ(value_of("body@html", "<x\xFF>"s), "<x\uFFFD></x\uFFFD>");
}

}  // namespace
}  // namespace parse
