#include "parse/character_reference.h"

#include <chrono>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/named_reference.h"
#include "parse/utf8.h"
#include "tests/support/process.h"

namespace parse {
namespace {

using namespace std::chrono_literals;
using test_support::Process;

/// What a text becomes that begins with '&'.
std::string decode(std::string_view text, ReferencePlace place = ReferencePlace::text) {
  const CharacterReference reference = read_character_reference(text.substr(1), place);
  if (reference.length == 0) return std::string(text);
  return std::string(reference.text()) + std::string(text.substr(1 + reference.length));
}

std::string decode_value(std::string_view text) { return decode(text, ReferencePlace::attribute_value); }

TEST(CharacterReference, ReadsNames) {
  EXPECT_EQ(decode("&amp;x"), "&x");
  EXPECT_EQ(decode("&eacute;"), "\u00E9");
  EXPECT_EQ(decode("&NotEqualTilde;"), "\u2242\u0338");
  EXPECT_EQ(decode("&CounterClockwiseContourIntegral;"), "\u2233");
}

TEST(CharacterReference, TakesTheLongestName) {
  EXPECT_EQ(decode("&notin;"), "\u2209");
  EXPECT_EQ(decode("&notit;"), "\u00ACit;");
  EXPECT_EQ(decode("&notin"), "\u00ACin");
  EXPECT_EQ(decode("&ampamp;"), "&amp;");
}

TEST(CharacterReference, LeavesWhatIsNone) {
  for (const char* const text :
       {"&", "&;", "& amp;", "&#", "&#;", "&#x", "&#xg;", "&xyz;", "&Amp;", "&hellip", "&#-1;"})
    EXPECT_EQ(decode(text), text);
}

TEST(CharacterReference, NeedsTheSemicolonBeforeWhatGoesOnInAttributes) {
  EXPECT_EQ(decode_value("&copy=1"), "&copy=1");
  EXPECT_EQ(decode_value("&copy1"), "&copy1");
  EXPECT_EQ(decode_value("&copyright"), "&copyright");
  EXPECT_EQ(decode_value("&copy"), "\u00A9");
  EXPECT_EQ(decode_value("&copy&"), "\u00A9&");
  EXPECT_EQ(decode_value("&copy;=1"), "\u00A9=1");
  EXPECT_EQ(decode("&copy=1"), "\u00A9=1");
}

TEST(CharacterReference, ReadsNumbers) {
  EXPECT_EQ(decode("&#65;&"), "A&");
  EXPECT_EQ(decode("&#65 "), "A ");
  EXPECT_EQ(decode("&#x1F600;"), "\U0001F600");
  EXPECT_EQ(decode("&#X1f600z"), "\U0001F600z");
  EXPECT_EQ(decode_value("&#65="), "A=");
}

TEST(CharacterReference, ReadsNumbersOfWindows1252) {
  EXPECT_EQ(decode("&#128;"), "\u20AC");
  EXPECT_EQ(decode("&#x9F;"), "\u0178");
  EXPECT_EQ(decode("&#129;"), "\u0081");
}

TEST(CharacterReference, ReplacesWhatIsNoCharacter) {
  for (const char* const text : {"&#0;", "&#xD800;", "&#xDFFF;", "&#x110000;", "&#99999999999999999999;"})
    EXPECT_EQ(decode(text), kReplacement);
  EXPECT_EQ(decode("&#x10FFFF;"), "\U0010FFFF");
}

TEST(CharacterReference, FindsNamesOfTheTableOnly) {
  EXPECT_TRUE(find_named_reference("nbsp")->may_lack_semicolon);
  EXPECT_FALSE(find_named_reference("hellip")->may_lack_semicolon);
  for (const char* const name : {"", "a", "am", "ampe", "amp;", "nbs"})
    EXPECT_FALSE(find_named_reference(name)) << name;
}

/// The names of HTML as Python knows them, a line each: the name, and its text as hex of UTF-8.
constexpr const char* kPrintNames =
    "from html.entities import html5\n"
    "for name, text in html5.items(): print(name, text.encode().hex())";

std::string to_hex(std::string_view text) {
  std::ostringstream hex;
  for (const char c : text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    hex << kDigits[byte / 16] << kDigits[byte % 16];
  }
  return hex.str();
}

TEST(CharacterReference, KnowsEveryNameThatPythonKnows) {
  Process python({.program = "/usr/bin/env", .arguments = {"python3", "-c", kPrintNames}});
  constexpr int kNotFound = 127;
  const auto code = python.wait(30s);
  if (code == kNotFound) GTEST_SKIP() << "python3 is not installed";
  ASSERT_EQ(code, 0) << python.err();

  std::size_t count = 0;
  std::istringstream lines(python.out());
  for (std::string name, text; lines >> name >> text; ++count)
    EXPECT_EQ(to_hex(decode("&" + name)), text) << name;
  EXPECT_EQ(count, 2231U);
}

}  // namespace
}  // namespace parse
