#include "crawler/url_rules.h"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace crawler {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Expressions = std::vector<std::string>;

bool allows(const Expressions& include, const Expressions& exclude, std::string_view url) {
  return UrlRules(include, exclude).allows(parse::Url::parse(url).value());
}

TEST(UrlRules, AllowAllWhereThereAreNone) { EXPECT_TRUE(allows({}, {}, "http://a.example/")); }

TEST(UrlRules, AllowWhatAnyIncludeMatches) {
  const Expressions include = {"/docs/", "/blog/"};
  EXPECT_TRUE(allows(include, {}, "http://a.example/docs/1"));
  EXPECT_TRUE(allows(include, {}, "http://a.example/blog/1"));
  EXPECT_FALSE(allows(include, {}, "http://a.example/shop/1"));
  EXPECT_FALSE(allows({"/docs/"}, {}, "http://a.example/blog/1"));
}

TEST(UrlRules, RefuseWhatAnyExcludeMatches) {
  const Expressions exclude = {"[?&]sort=", "\\.pdf$"};
  EXPECT_FALSE(allows({}, exclude, "http://a.example/?page=1&sort=up"));
  EXPECT_FALSE(allows({}, exclude, "http://a.example/x.pdf"));
  EXPECT_TRUE(allows({}, exclude, "http://a.example/x.pdf.html"));
  EXPECT_FALSE(allows({"/docs/"}, exclude, "http://a.example/docs/x.pdf"));
}

TEST(UrlRules, SeeTheWholeUrlAsItIsSerialised) {
  EXPECT_TRUE(allows({"^https://a\\.example/b\\?c$"}, {}, "HTTPS://A.example:443/b?c#d"));
  EXPECT_TRUE(allows({"xn--bcher-kva.*/%C3%A9$"}, {}, "http://b\u00FCcher.example/\u00E9"));
  EXPECT_FALSE(allows({"#"}, {}, "http://a.example/#d"));
}

TEST(UrlRules, KeepEachExpressionToItself) {
  EXPECT_TRUE(allows({"(?i)DOCS", "\\Qa.b"}, {}, "http://x.example/docs"));
  EXPECT_FALSE(allows({"\\Qa.b", "DOCS"}, {}, "http://x.example/docs?axb"));
}

TEST(UrlRules, AreAnyNumberThoughOneAutomatonHasNoMemoryForAll) {
  Expressions include;
  for (int i = 100; i < 300; ++i) include.push_back(std::to_string(i) + "x{900}z");
  const std::string many(900, 'x');
  EXPECT_TRUE(allows(include, {}, "http://a.example/299" + many + 'z'));
  EXPECT_FALSE(allows(include, {}, "http://a.example/299" + many + 'y'));
  EXPECT_FALSE(allows({}, include, "http://a.example/100" + many + 'z'));
}

TEST(UrlRules, TakeExpressionsThatFollowEveryPosition) {
  // Its automaton would have as many states as there are sets of 1,000 positions.
  const auto url = [](char last) {
    std::string text = "http://a.example/";
    for (int i = 0; i < 10'000; ++i) text += i * i % 7 < 3 ? "ab" : "ca";
    return text + 'a' + std::string(998, 'q') + last;
  };
  EXPECT_TRUE(allows({"[ab].{998}z"}, {}, url('z')));
  EXPECT_FALSE(allows({"[ab].{998}z"}, {}, url('y')));
}

TEST(UrlRules, NameAnExpressionThatIsNone) {
  EXPECT_EQ(refuse_bad_expression("/docs/"), "");
  EXPECT_THAT(refuse_bad_expression("[0-9"), AllOf(HasSubstr("'[0-9'"), HasSubstr("missing ]")));
  EXPECT_THAT(refuse_bad_expression("a)"), HasSubstr("'a)'"));
  EXPECT_NE(refuse_bad_expression("((a{1000}){1000})"), "");
  EXPECT_NE(refuse_bad_expression(""), "");
}

TEST(UrlRules, AreNotMadeOfAnExpressionThatIsNone) {
  EXPECT_THROW(UrlRules({"/docs/", "[0-9"}, {}), std::invalid_argument);
  EXPECT_THROW(UrlRules({}, {"a)", "(b"}), std::invalid_argument);
}

TEST(UrlRules, TakeExpressionsThatNestDeeply) {
  const std::string open(20'000, '('), closed(20'000, ')');
  EXPECT_EQ(refuse_bad_expression(open + "a" + closed), "");
  EXPECT_NE(refuse_bad_expression(open), "");
}

}  // namespace
}  // namespace crawler
