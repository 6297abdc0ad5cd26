#include "parse/selector.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/element_attribute.h"
#include "parse/html_tree.h"
#include "parse/selector_matcher.h"

namespace parse {
namespace {

using namespace std::string_literals;

/// The ids of those selected, in document order; of one without an id its name.
std::string select(std::string_view css, std::string_view html) {
  const auto selector = Selector::parse(css);
  if (!selector) return "error: " + selector.error().what;
  const auto tree = HtmlTree::parse(html);
  const ElementIndex index(tree->root());
  std::string ids;
  for (const ElementId id : SelectorMatcher(index).select(*selector)) {
    if (!ids.empty()) ids += ' ';
    ids += find_attribute(index.node(id).v.element, "id").value_or(index.type(id).name);
  }
  return ids;
}

struct Selected {
  std::string_view css;
  std::string_view ids;
};

void expect_selected(const std::string& html, const std::vector<Selected>& table) {
  for (const auto& [css, ids] : table) EXPECT_EQ(select(css, "<!doctype html>" + html), ids) << css;
}

TEST(Selector, SelectsByTypeClassAndId) {
  expect_selected("<p id=a class='x y'><p id=b class=y><div id=c class='X'>", {{"p", "a b"},
                                                                               {"P", "a b"},
                                                                               {"p, div", "a b c"},
                                                                               {"div, p", "a b c"},
                                                                               {"p, p", "a b"},
                                                                               {".x", "a"},
                                                                               {".y", "a b"},
                                                                               {".x.y", "a"},
                                                                               {".X", "c"},
                                                                               {"#b", "b"},
                                                                               {"#B", ""},
                                                                               {"p#b.y", "b"},
                                                                               {"div#b", ""},
                                                                               {"*", "html head body a b c"},
                                                                               {"body *", "a b c"},
                                                                               {"*.y", "a b"}});
}

TEST(Selector, ClassesAndIdsMatchInAnyCaseInQuirksModeOnly) {
  const std::string_view html = "<p id=a class=Price>";
  EXPECT_EQ(select(".price", html), "a");
  EXPECT_EQ(select("#A", html), "a");
  EXPECT_EQ(select("[id=A]", html), "");
  EXPECT_EQ(select(".price", "<!doctype html>" + std::string(html)), "");
}

TEST(Selector, ClassesAreApartByAnyWhiteSpace) {
  expect_selected("<p id=a class='\tx\n\n y&#12;z&nbsp;w '>",
                  {{".x", "a"}, {".y", "a"}, {".z", ""}, {".z\\a0 w", "a"}, {".w", ""}});
}

TEST(Selector, ComparesAttributes) {
  expect_selected(
      "<p id=a title=''><p id=b title='one two'><p id=c title=one><p id=d title='one-two'><p id=e "
      "title=ONE><p id=f>",
      {{"[title]", "a b c d e"},      {"[TITLE]", "a b c d e"},   {"[title=one]", "c"},
       {"[title='one two']", "b"},    {"[title=\"\"]", "a"},      {"[title~=one]", "b c"},
       {"[title~='one two']", ""},    {"[title~='']", ""},        {"[title|=one]", "c d"},
       {"[title|='']", "a"},          {"[title^=one]", "b c d"},  {"[title^='']", ""},
       {"[title$=two]", "b d"},       {"[title$='']", ""},        {"[title*='e t']", "b"},
       {"[title*='e-t']", "d"},       {"[title*='']", ""},        {"[title=one i]", "c e"},
       {"[title^='ON'i]", "b c d e"}, {"[title*='E-T' I]", "d"},  {"[title~=One i]", "b c e"},
       {"[title|=ONE i]", "c d e"},   {"[title$=TWO i]", "b d"},  {"[title=one s]", "c"},
       {"[ title = one ]", "c"},      {"p[title][title$=e]", "c"}});
}

TEST(Selector, ValuesOfSomeAttributesMatchInAnyCaseInHtml) {
  expect_selected(
      "<input id=a type=TEXT data-x=A><svg id=b type=TEXT>",
      {{"[type=text]", "a"}, {"[type=text s]", ""}, {"[type=text i]", "a b"}, {"[data-x=a]", ""}});
}

TEST(Selector, NamesInSvgKeepTheirCase) {
  expect_selected("<svg id=s viewbox=0><lineargradient id=g xlink:href=x></svg>", {{"linearGradient", "g"},
                                                                                   {"lineargradient", ""},
                                                                                   {"SVG", ""},
                                                                                   {"[viewBox]", "s"},
                                                                                   {"[viewbox]", ""},
                                                                                   {"[href]", ""}});
}

TEST(Selector, FollowsCombinators) {
  expect_selected(
      "<ul id=u><li id=a><b id=b></b><i id=i></i></li>text<li id=c></li><li id=d><b id=e></b></li></ul>",
      {{"ul b", "b e"},
       {"ul > b", ""},
       {"ul>li>b", "b e"},
       {"#a + li", "c"},
       {"#a+li+li", "d"},
       {"#a ~ li", "c d"},
       {"#a~li b", "e"},
       {"li ~ li > b", "e"},
       {"b + i", "i"},
       {"i + b", ""},
       {"html ul li", "a c d"},
       {"body li li", ""},
       {" ul\n>\tli ", "a c d"}});
}

TEST(Selector, BacktrackingIsNotNeededToFindTheRightAncestor) {
  expect_selected(
      "<div class=a><div class=b><div class=c><div class=b><p id=p></div></div></div></div>",
      {{".a > .b p", "p"}, {".a > .b > .b p", ""}, {".a .b > p", "p"}, {".a > .b > .c > .b > p", "p"}});
}

TEST(Selector, CountsSiblings) {
  expect_selected("<p id=a><b id=b></b>x<i id=c></i><!--x--><b id=d></b><b id=e></b></p><u id=f></u>",
                  {{"p :first-child", "b"},
                   {"p :last-child", "e"},
                   {"p > :only-child", ""},
                   {"p > i:only-of-type", "c"},
                   {"p > b:only-of-type", ""},
                   {"p b:first-of-type", "b"},
                   {"p b:last-of-type", "e"},
                   {"b:nth-of-type(2)", "d"},
                   {"b:nth-last-of-type(2)", "d"},
                   {"p > :nth-child(2)", "c"},
                   {"p > :nth-last-child(2)", "d"},
                   {"p > :nth-child(2 of b)", "d"},
                   {"p > :nth-last-child(2 OF b, i)", "d"},
                   {"p > :nth-child(even of :not(i))", "d"},
                   {":root:first-child:last-child:only-of-type", "html"},
                   {":nth-child(2):root", ""}});
}

TEST(Selector, ReadsPositionsInEverySpelling) {
  const std::string html = "<ol><li id=1><li id=2><li id=3><li id=4><li id=5><li id=6></ol>";
  for (const auto& [position, ids] :
       std::vector<std::pair<std::string, std::string>>{{"odd", "1 3 5"},
                                                        {"EVEN", "2 4 6"},
                                                        {"3", "3"},
                                                        {"+3", "3"},
                                                        {"-3", ""},
                                                        {"0", ""},
                                                        {"2n", "2 4 6"},
                                                        {"2N+1", "1 3 5"},
                                                        {"2n + 1", "1 3 5"},
                                                        {" 2n +1 ", "1 3 5"},
                                                        {"2n- 1", "1 3 5"},
                                                        {"+2n-1", "1 3 5"},
                                                        {"n", "1 2 3 4 5 6"},
                                                        {"+n+5", "5 6"},
                                                        {"-n+2", "1 2"},
                                                        {"-n + 2", "1 2"},
                                                        {"-2n+5", "1 3 5"},
                                                        {"n-3", "1 2 3 4 5 6"},
                                                        {"0n+4", "4"},
                                                        {"-0n+4", "4"},
                                                        {"3n-1", "2 5"},
                                                        {"-n", ""},
                                                        {"-n-1", ""},
                                                        {"99999999999999999999", ""},
                                                        {"n+99999999999999999999", ""},
                                                        {"-99999999999999999999n+2", "2"},
                                                        {"2n/**/+/**/1", "1 3 5"}})
    EXPECT_EQ(select("li:nth-child(" + position + ")", html), ids) << position;
}

TEST(Selector, RefusesWhatIsNoPosition) {
  for (const std::string position :
       {"", "+ 3", "- n", "2n+", "2n + -1", "n 1", "2 n", "--n", "nn", "n-x", "2n+1x", "1.5", "foo", "oddly",
        "2nof b", "2n+1of b", "+ n", "2n of", "3 b"})
    EXPECT_THAT(select("li:nth-child(" + position + ")", ""), testing::StartsWith("error")) << position;
  EXPECT_THAT(select("li:nth-of-type(1 of b)", ""), testing::StartsWith("error"));
}

TEST(Selector, FindsWhatIsEmpty) {
  expect_selected(
      "<b id=a></b><b id=b><!--x--></b><b id=c> </b><b id=d><i id=e></i></b><template id=t><p></template>",
      {{"body :empty", "a b e t"}, {"b:not(:empty)", "c d"}});
}

TEST(Selector, WhatIsInATemplateIsNoPartOfThePage) {
  expect_selected("<div><template id=t><p id=p>text</p></template><b id=b></b>",
                  {{"p", ""}, {"template + b", "b"}, {"template:contains(text)", ""}, {":has(p)", ""}});
}

TEST(Selector, NestsLists) {
  expect_selected("<p id=a class=x><b id=b></b></p><p id=c class='x y'></p><div id=d class=y></div>",
                  {{":is(p, div).y", "c d"},
                   {":where(.x):not(.y)", "a"},
                   {"p:not(.x, .y)", ""},
                   {"p:not(.x .y)", "a c"},
                   {"body > :not(p)", "d"},
                   {"body > :not(:not(p))", "a c"},
                   {":is(body > p, div) > b", "b"},
                   {":IS(:is(:where(.y)))", "c d"},
                   {"p:not(body > .y)", "a"},
                   {"b:is(.x *)", "b"}});
}

TEST(Selector, LooksAheadByHas) {
  expect_selected(
      "<ul id=u><li id=a><b id=b class=x></b></li><li id=c></li><li id=d><i id=i></i></li></ul><p id=p>",
      {{"li:has(b)", "a"},
       {"ul:has(b)", "u"},
       {"ul:has(> b)", ""},
       {"li:has(> b.x)", "a"},
       {"li:has(+ li)", "a c"},
       {"li:has(+ li i)", "c"},
       {"li:has(+ li > i)", "c"},
       {"li:has(~ li i)", "a c"},
       {"li:has(~ li > i, > i)", "a c d"},
       {"li:not(:has(*))", "c"},
       {"ul:has(> li + li > i)", "u"},
       {"ul:has(+ p)", "u"},
       {"li:has(ul b)", ""},
       {"li:has(:is(ul b))", "a"},
       {"li:has(:not(.x))", "d"},
       {"ul:has(li:nth-child(3) i) b", "b"}});
}

TEST(Selector, FindsTextWithCollapsedWhiteSpace) {
  expect_selected(
      "<div id=d><p id=a>one <b id=b>two\n\n three</b></p><p id=c>four<br>five</p><script id=s>var  x = "
      "'one';</script></div>",
      {{"p:contains('one two three')", "a"},
       {":contains(two)", "html body d a b"},
       {"p:contains('  two   three ')", "a"},
       {"p:contains(TWO)", ""},
       {"div:contains('three four')", "d"},
       {"p:contains('three four')", ""},
       {"p:contains('four five')", "c"},
       {"p:contains(fourfive)", ""},
       {"p:contains(onetwo)", ""},
       {"script:contains('var x')", "s"},
       {"div:contains('var x')", ""},
       {"p:not(:contains('five'))", "a"},
       {"p:has(b:contains('three'))", "a"}});
}

TEST(Selector, FindsTextThatOverlapsItself) {
  expect_selected("<p id=a>a<b id=b>aab</b>a<i id=i>ab</i></p>",
                  {{"p :contains(aab)", "b"}, {"p :contains(ab)", "b i"}, {"p:contains(baab)", "a"}});
}

TEST(Selector, ReadsEscapesAndComments) {
  expect_selected("<p id=1a class='a:b'><p id=b class='\u00E9t\u00E9 w[x]'><p id=c title='a\"b\nc'>",
                  {{"#\\31 a", "1a"},
                   {"#\\000031a", "1a"},
                   {".a\\:b", "1a"},
                   {".\\61\\3a\tb", "1a"},
                   {".\u00E9t\u00E9", "b"},
                   {".\\E9 t\\0000e9", "b"},
                   {".w\\[x\\]", "b"},
                   {"[title='a\\22 b\\a c']", "c"},
                   {"[title=\"a\\\"b\\a c\"]", "c"},
                   {"[title^='a\\\n\"']", "c"},
                   {"/* x */p/**/#b", "b"},
                   {"p/* > */[title/**/]", "c"},
                   {"body/**/ /**/p#b", "b"},
                   {".-\\61 ", ""},
                   {"\\70", "1a b c"}});
}

TEST(Selector, CustomElementsMatchInAnyCase) {
  expect_selected("<My-Tag id=a></My-Tag><my-tag id=b></my-tag>",
                  {{"my-TAG", "a b"}, {"my-tag:nth-of-type(2)", "b"}});
}

struct Refused {
  std::string_view css;
  std::size_t at;
  std::string_view what;
};

TEST(Selector, ErrorsSayWhatIsWrongAndWhere) {
  const std::vector<Refused> table = {
      {"", 0, "expected a selector"},
      {"  ", 2, "expected a selector"},
      {"h1..x", 3, "expected a class name after '.'"},
      {"p.", 2, "expected a class name after '.'"},
      {"p.1", 2, "expected a class name after '.'"},
      {"#1a", 1, "expected an id after '#'"},
      {"p,", 2, "expected a selector"},
      {"p,,b", 2, "expected a selector"},
      {"p >", 3, "expected a selector"},
      {"> p", 0, "expected a selector"},
      {"p > > b", 4, "expected a selector"},
      {"p)", 1, "there is no '(' for this ')'"},
      {".a*", 2, "a type must stand first: before '.', '#', '[' and ':'"},
      {"[a]b", 3, "a type must stand first: before '.', '#', '[' and ':'"},
      {"a/**/b", 5, "a type must stand first: before '.', '#', '[' and ':'"},
      {"svg|a", 3, "namespaces are not supported"},
      {"[xlink|href]", 6, "namespaces are not supported"},
      {"a@b", 1, "expected a combinator or ','"},
      {"[", 1, "expected the name of an attribute after '['"},
      {"[a", 2, "expected ']' or one of = ~= |= ^= $= *="},
      {"[a!=b]", 2, "expected ']' or one of = ~= |= ^= $= *="},
      {"[a=5]", 3, "expected a name or a string in quotes"},
      {"[a=b", 4, "expected ']'"},
      {"[a=b x]", 5, "expected ']', or one of the flags i and s"},
      {"[a='b]", 3, "this string has no end"},
      {"[a='b\n']", 3, "this string has no end"},
      {"a /* b", 2, "this comment has no end"},
      {"a::text", 1, "there are no pseudo-elements: for an element's text end the field with @text"},
      {"a::attr(href)", 1,
       "there are no pseudo-elements: for an attribute end the field with @ and its name"},
      {"a::before", 1, "there are no pseudo-elements"},
      {"a:hover", 1, "there is no such pseudo-class here"},
      {"a:eq(1)", 1, "there is no such pseudo-class here"},
      {"a:", 2, "expected the name of a pseudo-class after ':'"},
      {"a:not()", 6, "expected a selector"},
      {"a:not(b", 7, "expected ')'"},
      {"a:is(b,:foo)", 7, "there is no such pseudo-class here"},
      {"a:has(b:has(c))", 12, "the standard allows no :has() within :has()"},
      {"a:has(:is(b:has(c)))", 16, "the standard allows no :has() within :has()"},
      {"a:contains()", 11, "expected a string in quotes"},
      {"a:contains(' ')", 11, "expected a text that is more than white space"},
      {"a:nth-child(x)", 12, "expected a position, such as 3, 2n+1, odd or even"},
      {"a\\", 1, "expected a combinator or ','"}};
  for (const auto& [css, at, what] : table) {
    const auto selector = Selector::parse(css);
    ASSERT_FALSE(selector.has_value()) << css;
    EXPECT_EQ(selector.error().what, what) << css;
    EXPECT_EQ(selector.error().at, at) << css;
  }
}

TEST(Selector, LengthAndNestingAreBounded) {
  const auto nested = [](std::size_t depth) {
    std::string css = "p";
    for (std::size_t i = 0; i < depth; ++i) css = ":not(" + css + ")";
    return css;
  };
  EXPECT_TRUE(Selector::parse(nested(Selector::max_depth)).has_value());
  EXPECT_FALSE(Selector::parse(nested(Selector::max_depth + 1)).has_value());
  EXPECT_TRUE(Selector::parse(std::string(Selector::max_length, 'a')).has_value());
  EXPECT_FALSE(Selector::parse(std::string(Selector::max_length + 1, 'a')).has_value());
}

std::string point(std::string_view text, std::size_t at) { return point_at(text, {.at = at, .what = {}}); }

TEST(SelectorError, TheCaretStandsBelowTheCharacter) {
  EXPECT_EQ(point("title=h1..x", 9), "  title=h1..x\n           ^");
  EXPECT_EQ(point("\u00FCber=h1..x", 9), "  \u00FCber=h1..x\n          ^");
  EXPECT_EQ(point("p,", 2), "  p,\n    ^");
  EXPECT_EQ(point("", 0), "  \n  ^");
}

TEST(SelectorError, NothingReachesATerminalThatItDoesNotPrint) {
  EXPECT_EQ(point("a\x1B[1m\n\u202E\x9B\u0085.", 12), "  a?[1m??\uFFFD?.\n           ^");
}

TEST(SelectorError, OfALongTextThePartAroundTheCaretIsShown) {
  const std::string text = std::string(100, 'a') + "." + std::string(100, 'b');
  EXPECT_EQ(point(text, 101), "  ..." + std::string(47, 'a') + "." + std::string(24, 'b') + "...\n" +
                                  std::string(53, ' ') + "^");
  EXPECT_EQ(point(text, 0), "  " + std::string(72, 'a') + "...\n  ^");
  EXPECT_LT(point(std::string(10'000'000, 'a'), 9'999'999).size(), 200U);
}

}  // namespace
}  // namespace parse
