#include "parse/plain_url.h"

#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

bool is_plain(std::string_view reference) { return find_plain_parts(reference).has_value(); }
bool is_plain_url(std::string_view text) { return find_plain_url(text).has_value(); }

TEST(PlainUrl, FindsWhereThePartsOfAReferenceBegin) {
  const PlainParts parts = *find_plain_parts("a/b.c?d/e?f#g?h");
  EXPECT_EQ(parts.query_begin, 5U);
  EXPECT_EQ(parts.fragment_begin, 11U);
}

TEST(PlainUrl, LetsAnAbsentPartBeginWhereTheNextDoes) {
  const PlainParts parts = *find_plain_parts("a#b");
  EXPECT_EQ(parts.query_begin, 1U);
  EXPECT_EQ(parts.fragment_begin, 1U);
  EXPECT_EQ(find_plain_parts("a")->fragment_begin, 1U);
  EXPECT_EQ(find_plain_parts("")->fragment_begin, 0U);
}

TEST(PlainUrl, TakesWhatEachPartMayHold) {
  EXPECT_TRUE(is_plain("/a//b/c:d@e%20f~'|?^`{}[]\\|#:?^{}#'"));
  EXPECT_TRUE(is_plain("a.b/c.html"));
  EXPECT_TRUE(is_plain("%41"));
}

TEST(PlainUrl, LeavesWhatIsToBeEncodedToTheParser) {
  for (const char* text :
       {"a b", "\"", "a^b", "a\xC3\xA9", "?a b", "?'", "#a b", "#`", "a\nb", "#\x7F", "a\\b"})
    EXPECT_FALSE(is_plain(text)) << text;
}

TEST(PlainUrl, LeavesDotSegmentsSchemesAndHostsToTheParser) {
  for (const char* text :
       {".", "..", "a/..", "a/./b", "%2e/a", "a/.%2E", "a/%2e%2e?b", "//a", "a:b", "a+b:c"})
    EXPECT_FALSE(is_plain(text)) << text;
}

TEST(PlainUrl, FindsWhereThePartsOfAUrlBegin) {
  const PlainUrl url = *find_plain_url("https://www.example.org/a?b#c");
  EXPECT_EQ(url.host_begin, 8U);
  EXPECT_EQ(url.host_end, 23U);
  EXPECT_EQ(url.query_begin, 25U);
  EXPECT_EQ(url.fragment_begin, 27U);
  EXPECT_EQ(find_plain_url("http://localhost/")->host_begin, 7U);
}

TEST(PlainUrl, LeavesHostsThatAreToBeReadToTheParser) {
  for (const char* text :
       {"http://a", "http:///a", "http://a?b", "http://A/", "http://a:1/", "http://u@a/", "http://[::1]/",
        "http://1.2.3.4/", "http://a.0x1/", "http://a./", "http://a%41/", "http://\xC3\xBC/", "http:/a/",
        "HTTP://a/", "ftp://a/", "http://a//b", "http://a/.."})
    EXPECT_FALSE(is_plain_url(text)) << text;
}

}  // namespace
}  // namespace parse
