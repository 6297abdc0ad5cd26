#include "parse/short_name.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/ascii.h"

namespace parse {
namespace {

/// Of a text, with what stands behind it up to eight bytes.
ShortName short_name(std::string text) {
  text.resize(ShortName::longest, '>');
  return ShortName(text.data());
}

TEST(ShortName, EndsAtTheFirstByteThatIsNeitherLetterNorDigit) {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    for (std::size_t at = 0; at < ShortName::longest; ++at) {
      std::string text(ShortName::longest, 'a');
      text[at] = c;
      const bool is_member = is_letter(c) || is_digit(c);
      EXPECT_EQ(short_name(text).size(), is_member ? text.size() : at) << byte << " at " << at;
    }
  }
}

TEST(ShortName, IsTheSameInEachCase) {
  EXPECT_EQ(short_name("DIV").lower(), short_name("div").lower());
  EXPECT_EQ(short_name("AZazH109").lower(), short_name("azazh109").lower());
  EXPECT_NE(short_name("dir").lower(), short_name("div").lower());
  EXPECT_NE(short_name("di").lower(), short_name("div").lower());
}

TEST(ShortName, TellsWhetherItIsLower) {
  EXPECT_TRUE(short_name("h1").is_lower());
  EXPECT_TRUE(short_name("p A").is_lower());
  EXPECT_FALSE(short_name("H1").is_lower());
  EXPECT_FALSE(short_name("abcdefgH").is_lower());
}

TEST(ShortName, DependsOnNothingBehindIt) {
  EXPECT_EQ(ShortName("p class=").lower(), ShortName("p>\xFF\0\x80zA!").lower());
  EXPECT_EQ(ShortName("!abcdefg").size(), 0U);
  EXPECT_EQ(ShortName("!abcdefg").lower(), 0U);
}

}  // namespace
}  // namespace parse
