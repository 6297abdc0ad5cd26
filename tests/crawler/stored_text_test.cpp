#include "crawler/stored_text.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/utf8.h"

namespace crawler {
namespace {

using namespace std::string_view_literals;

TEST(StoredText, LeavesTextAsItIs) { EXPECT_EQ(stored_text("a \xC3\xA9 \xF0\x9F\x90\x9F"), "a é 🐟"); }

TEST(StoredText, MarksWhatIsNoUtf8) { EXPECT_EQ(stored_text("caf\xE9 \xE2\x82"), "caf\uFFFD \uFFFD"); }

TEST(StoredText, MarksNulBytes) { EXPECT_EQ(stored_text("a\0b\0"sv), "a\uFFFDb\uFFFD"); }

TEST(StoredText, MarksEachNulOfAText) {
  EXPECT_EQ(without_nul("\0\0é\0"sv), "\uFFFD\uFFFDé\uFFFD");
  EXPECT_EQ(without_nul("é"), "é");
  EXPECT_EQ(without_nul(""), "");
}

TEST(StoredText, IsUtf8ForEveryOctet) {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets += static_cast<char>(i);
  EXPECT_TRUE(parse::is_utf8(stored_text(octets)));
}

}  // namespace
}  // namespace crawler
