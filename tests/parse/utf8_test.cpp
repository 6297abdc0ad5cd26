#include "parse/utf8.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parse {
namespace {

using namespace std::string_literals;

// https://encoding.spec.whatwg.org/#utf-8-decoder; the examples of the Unicode standard, section 3.9.

TEST(Utf8, MalformedSequencesBecomeOneReplacementForEachMaximalPart) {
  EXPECT_EQ(repair_utf8("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
  EXPECT_EQ(repair_utf8("\xC0\xAF\xE0\x80\xBF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(repair_utf8("\xED\xA0\x80\x41"), "\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(repair_utf8("\xF4\x90\x80\x80\xFF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(repair_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFDA");
}

TEST(Utf8, WellFormedTextIsLeftAsItIs) {
  const std::string text = "plain text of more than eight bytes\0, ä, €, \uD7FF\uE000 and \U0010FFFF"s;
  EXPECT_TRUE(is_utf8(text));
  EXPECT_EQ(repair_utf8(text), text);
}

TEST(Utf8, AppendedSurrogatesAreReplaced) {
  std::string out;
  for (const char32_t code_point : {U'a', U'é', U'€', U'😀', char32_t{0xD800}, char32_t{0x110000}})
    append_utf8(code_point, out);
  EXPECT_EQ(out, "aé€😀\uFFFD\uFFFD");
}

TEST(Utf8, PrefixesEndBeforeWhatTheyAreNot) {
  EXPECT_EQ(ascii_prefix("a long run of ASCII, é"), 21U);
  EXPECT_EQ(utf8_prefix("a long run of é\xC3"), 16U);
  EXPECT_EQ(ascii_prefix(""), 0U);
}

}  // namespace
}  // namespace parse
