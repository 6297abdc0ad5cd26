#include "parse/xml_repair.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/parse/sitemap_reading.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

/// What comes out, the text given in pieces of `piece` bytes.
std::string repair(std::string_view text, std::size_t piece = std::string_view::npos) {
  XmlRepair xml;
  std::string out;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    if (!xml.read(text.substr(0, piece), out)) return out + " (a tag too long)";
  return out;
}

TEST(XmlRepair, LeavesWhatIsWellFormed) {
  const auto xml = "<a b=\"1\" c='>'>x &amp; &lt;&#65;&#x10FFFF;<![CDATA[ & < ]] > ]]></a>\n<d/>"sv;
  EXPECT_EQ(repair(xml), xml);
}

TEST(XmlRepair, EscapesABareAmpersand) {
  EXPECT_EQ(repair("/?a=1&b=2& ;&amp;&;"), "/?a=1&amp;b=2&amp; ;&amp;&amp;;");
  EXPECT_EQ(repair("<a>&</a>"), "<a>&amp;</a>");
  EXPECT_EQ(repair("<a href='?a&b=\"&amp;'/>"), "<a href='?a&amp;b=\"&amp;'/>");
}

TEST(XmlRepair, EscapesEntitiesThatXmlHasNot) {
  EXPECT_EQ(repair("&nbsp;&AMP;&copy=1;"), "&amp;nbsp;&amp;AMP;&amp;copy=1;");
}

TEST(XmlRepair, EscapesReferencesToNoCharacter) {
  EXPECT_EQ(repair("&#0;&#8;&#xD800;&#xFFFE;&#1114112;"),
            "&amp;#0;&amp;#8;&amp;#xD800;&amp;#xFFFE;&amp;#1114112;");
  EXPECT_EQ(repair("&#;&#x;&#1f;&#X41;&#x000000041;"), "&amp;#;&amp;#x;&amp;#1f;&amp;#X41;&amp;#x000000041;");
}

TEST(XmlRepair, EscapesALessThanThatBeginsNoMarkup) {
  EXPECT_EQ(repair("1 < 2 <3 <</a>"), "1 &lt; 2 &lt;3 &lt;</a>");
  EXPECT_EQ(repair("</ a>"), "&lt;/ a&gt;");
}

TEST(XmlRepair, EscapesTheEndOfACdataSectionOutsideOfOne) { EXPECT_EQ(repair("]]>"), "]]&gt;"); }

TEST(XmlRepair, DropsCommentsAndInstructions) {
  EXPECT_EQ(repair("a<?xml version='1.0'?>b<!-- <c> -- & -->d<!---->e<?x?>f"), "abdef");
}

TEST(XmlRepair, DropsTheDocumentTypeWithAllItDeclares) {
  EXPECT_EQ(repair("<!DOCTYPE a>b"), "b");
  EXPECT_EQ(repair("<!doctype a PUBLIC '>' \"'>\">b"), "b");
  EXPECT_EQ(repair("<!DOCTYPE a [<!ENTITY b ']>'> <!-- don't ]> --> <?it's ]> ?> %c;]>d"), "d");
  EXPECT_EQ(repair("<!DOCTYPE a [<!ENTITY b 'c'>]>&b;"), "&amp;b;");
}

TEST(XmlRepair, ReplacesCharactersThatXmlForbids) {
  EXPECT_EQ(repair("a\0b\x1F\t\r\n\x7F\uFFFE\uFFFF\uFFFD\uFEFF"sv),
            "a\uFFFDb\uFFFD\t\r\n\x7F\uFFFD\uFFFD\uFFFD\uFEFF");
  EXPECT_EQ(repair("<a b='\x01'/><![CDATA[\x02]]>"), "<a b='\uFFFD'/><![CDATA[\uFFFD]]>");
}

TEST(XmlRepair, GivesTheSameHoweverTheTextIsSplit) {
  const auto xml =
      "<?x?><!DOCTYPE a [<!--'--><!ENTITY b \"]>\">]><a c='>&'>&amp;&amp&#65;]]><!-- - -- --><![CDATA[]]]]>&\x01</a>"sv;
  const std::string whole = repair(xml);
  EXPECT_EQ(whole, "<a c='>&amp;'>&amp;&amp;amp&#65;]]&gt;<![CDATA[]]]]>&amp;\uFFFD</a>");
  for (std::size_t piece = 1; piece < xml.size(); ++piece) EXPECT_EQ(repair(xml, piece), whole) << piece;
}

TEST(XmlRepair, GivesNoPartOfATag) {
  XmlRepair xml;
  std::string out;
  EXPECT_TRUE(xml.read("<a b='>", out));
  EXPECT_EQ(out, "");
  EXPECT_TRUE(xml.read("'>", out));
  EXPECT_EQ(out, "<a b='>'>");
}

TEST(XmlRepair, GivesUpOnATagThatIsTooLong) {
  const std::string longest = "<a " + std::string(XmlRepair::max_tag - 4, ' ') + ">";
  for (const std::size_t piece : {std::size_t{4096}, std::string_view::npos}) {
    EXPECT_EQ(repair(longest, piece).size(), longest.size());
    EXPECT_EQ(repair("x<" + longest.substr(1, 1) + " " + longest.substr(2), piece), "x (a tag too long)");
  }
}

}  // namespace
}  // namespace parse
