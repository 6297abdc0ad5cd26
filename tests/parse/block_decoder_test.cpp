#include "parse/block_decoder.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

using namespace std::string_view_literals;
using namespace std::string_literals;

/// `head` is in the first block whole, what follows in blocks of `size` bytes.
std::string decode(std::string_view head, std::string_view rest, std::size_t size) {
  BlockDecoder decoder;
  std::string text = decoder.decode(head);
  for (; !rest.empty(); rest.remove_prefix(std::min(size, rest.size())))
    text += decoder.decode(rest.substr(0, size));
  return text + decoder.decode({}, BlockDecoder::Last::yes);
}

std::string decode(std::string_view bytes) { return decode(bytes, {}, 1); }

TEST(BlockDecoder, IsToldTheEncodingByAByteOrderMark) {
  EXPECT_EQ(decode("\xEF\xBB\xBF\u00E9"), "\u00E9");
  EXPECT_EQ(decode("\xFF\xFE\xE9\0"sv), "\u00E9");
  EXPECT_EQ(decode("\xFE\xFF\0\xE9"sv), "\u00E9");
}

TEST(BlockDecoder, IsToldTheEncodingByTheMarkup) {
  EXPECT_EQ(decode("<\0a\0"sv), "<a");
  EXPECT_EQ(decode("\0<\0a"sv), "<a");
  EXPECT_EQ(decode("\n<?xml version='1.0' encoding='windows-1251'?>\xC0"),
            "\n<?xml version='1.0' encoding='windows-1251'?>\u0410");
}

TEST(BlockDecoder, TakesTheRestForUtf8) {
  EXPECT_EQ(decode("<a>\u00E9\xE9</a>"), "<a>\u00E9\uFFFD</a>");
  EXPECT_EQ(decode("<?xml encoding='klingon'?>\u00E9"), "<?xml encoding='klingon'?>\u00E9");
}

TEST(BlockDecoder, JoinsCharactersThatBlocksCut) {
  for (std::size_t size = 1; size < 8; ++size) {
    EXPECT_EQ(decode(" ", "\u20AC \U0001F600/", size), " \u20AC \U0001F600/");
    EXPECT_EQ(decode("\xFF\xFE", "=\xD8\0\xDE \0"sv, size), "\U0001F600 ");
    EXPECT_EQ(decode("\xFE\xFF", "\xD8=\xDE\0\0 "sv, size), "\U0001F600 ");
  }
}

TEST(BlockDecoder, JoinsCharactersOfLegacyEncodings) {
  const auto sjis = "<?xml version='1.0' encoding='Shift_JIS'?>"s;
  EXPECT_EQ(decode(sjis, "/\x83\x65\x83\x58\x83\x67/", 4), sjis + "/\u30C6\u30B9\u30C8/");
  const auto jis = "<?xml version='1.0' encoding='ISO-2022-JP'?>\n"s;
  for (std::size_t size = 1; size < 16; ++size)
    EXPECT_EQ(decode(jis, "\x1B$B%F%9%H\x1B(B/\n/\n", size), jis + "\u30C6\u30B9\u30C8/\n/\n");
}

TEST(BlockDecoder, EndsACharacterThatTheEndCuts) {
  EXPECT_EQ(decode("a \xE2\x82"), "a \uFFFD");
  EXPECT_EQ(decode("\xFF\xFE=\xD8"sv), "\uFFFD");
}

}  // namespace
}  // namespace parse
