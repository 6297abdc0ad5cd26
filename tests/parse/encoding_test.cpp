#include "parse/encoding.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/utf8.h"

namespace parse {
namespace {

using namespace std::string_literals;

struct Sample {
  std::string label;
  std::string name;
  std::string bytes;
  std::string text;
};

class KnownEncoding : public testing::TestWithParam<Sample> {};

TEST_P(KnownEncoding, IsDecodedByTheContentType) {
  const Decoded page = decode(GetParam().bytes, "text/html; charset=" + GetParam().label, Markup::html);
  EXPECT_EQ(page.text, GetParam().text);
  EXPECT_EQ(page.charset, GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Encoding, KnownEncoding,
    testing::Values(
        Sample{"windows-1252", "windows-1252", "\x93\x43\x61\x66\xE9\x94\x20\x35\x20\x80", "“Café” 5 €"},
        Sample{"latin1", "windows-1252", "\x6E\x61\xEF\x76\x65\x20\x66\x61\xE7\x61\x64\x65", "naïve façade"},
        Sample{"iso-8859-2", "ISO-8859-2", "\x5A\x61\xBF\xF3\xB3\xE6\x20\x67\xEA\xB6\x6C\xB1",
               "Zażółć gęślą"},
        Sample{"windows-1251", "windows-1251", "\xD1\xFA\xE5\xF8\xFC\x20\xE6\xE5", "Съешь же"},
        Sample{"koi8-r", "KOI8-R", "\xC2\xD5\xCC\xCF\xCB", "булок"},
        Sample{"iso-8859-7", "ISO-8859-7", "\xCA\xE1\xEB\xE7\xEC\xDD\xF1\xE1", "Καλημέρα"},
        Sample{"windows-1256", "windows-1256", "\xE3\xD1\xCD\xC8\xC7", "مرحبا"},
        Sample{"iso-8859-8-i", "ISO-8859-8-I", "\xF9\xEC\xE5\xED", "שלום"},
        Sample{"tis-620", "windows-874", "\xCA\xC7\xD1\xCA\xB4\xD5", "สวัสดี"},
        Sample{"iso-8859-16", "ISO-8859-16", "\xAA\x74\x69\x69\x6E\xFE\xE3\x20\xA4", "Știință €"},
        Sample{"shift_jis", "Shift_JIS", "\x93\xFA\x96\x7B\x8C\xEA\xC3\xBD\xC4", "日本語ﾃｽﾄ"},
        Sample{"euc-jp", "EUC-JP", "\xC6\xFC\xCB\xDC\xB8\xEC\xA5\xC6\xA5\xB9\xA5\xC8", "日本語テスト"},
        Sample{"iso-2022-jp", "ISO-2022-JP", "\x1B\x24\x42\x46\x7C\x4B\x5C\x38\x6C\x1B\x28\x42\x20\x6F\x6B",
               "日本語 ok"},
        Sample{"gb2312", "GBK", "\xBC\xF2\xCC\xE5\xD6\xD0\xCE\xC4", "简体中文"},
        Sample{"gb18030", "gb18030", "\xD6\xD0\xCE\xC4\x94\x39\xFC\x36", "中文😀"},
        Sample{"big5", "Big5", "\xC1\x63\xC5\xE9\xA4\xA4\xA4\xE5", "繁體中文"},
        Sample{"ks_c_5601-1987", "EUC-KR", "\xC7\xD1\xB1\xB9\xBE\xEE\x20\x8C\x63", "한국어 똠"},
        Sample{"utf-16le", "UTF-16LE", "\x61\x00\xAC\x20\x3D\xD8\x00\xDE"s, "a€😀"},
        Sample{"utf-16be", "UTF-16BE", "\x00\x61\x20\xAC\xD8\x3D\xDE\x00"s, "a€😀"}));

// Where the text comes from, in the order of the contract.

TEST(Encoding, ByteOrderMarkWinsOverTheContentType) {
  EXPECT_EQ(decode("\xEF\xBB\xBF\xC3\xA9", "text/html; charset=latin1", Markup::html).text, "é");
  EXPECT_EQ(decode("\xFF\xFE\xE9\x00"s, "text/html; charset=utf-8", Markup::html).charset, "UTF-16LE");
}

TEST(Encoding, ContentTypeWinsOverMeta) {
  EXPECT_EQ(decode("<meta charset=utf-8>\xE9", "text/html;charset=\"ISO-8859-1\"", Markup::html).charset,
            "windows-1252");
}

TEST(Encoding, UnknownLabelInTheContentTypeIsPassedOver) {
  EXPECT_EQ(decode("<meta charset=koi8-r>", "text/html; charset=klingon", Markup::html).charset, "KOI8-R");
}

TEST(Encoding, CharsetInAnotherParametersQuotesIsNoCharset) {
  EXPECT_EQ(decode("a", "text/html; x=\"; charset=koi8-r\"; Charset=euc-jp", Markup::html).charset, "EUC-JP");
}

TEST(Encoding, ContentTypeCutOffAnywhereIsHarmless) {
  const std::string whole = R"(text/html; x="a\"b"; charset="utf-8")";
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(decode("a", whole.substr(0, length), Markup::other).text, "a");
}

TEST(Encoding, MetaCountsInHtmlOnly) {
  EXPECT_EQ(decode("<meta charset=koi8-r>", "", Markup::html).charset, "KOI8-R");
  EXPECT_EQ(decode("<meta charset=koi8-r>", "", Markup::other).charset, "UTF-8");
}

TEST(Encoding, XmlDeclarationCountsInBoth) {
  EXPECT_EQ(decode("<?xml version='1.0' encoding='windows-1251'?>", "", Markup::other).charset,
            "windows-1251");
  EXPECT_EQ(decode("<?xml encoding=\"euc-jp\"?>", "", Markup::html).charset, "EUC-JP");
}

TEST(Encoding, UndeclaredBytesAreUtf8IfTheyCanBe) {
  EXPECT_EQ(decode("\xC3\xA9", "text/html", Markup::html).charset, "UTF-8");
  EXPECT_EQ(decode("\xE9", "text/html", Markup::html).charset, "windows-1252");
  EXPECT_EQ(decode("", "", Markup::html).text, "");
}

TEST(Encoding, Utf16ThatBeginsWithAnXmlDeclarationIsKnown) {
  const std::string text = "<?xml version='1.0'?>";
  std::string bytes;
  for (const char c : text) bytes += {c, '\0'};
  EXPECT_EQ(decode(bytes, "", Markup::html).text, text);
  EXPECT_EQ(decode(bytes, "application/xml", Markup::other).charset, "UTF-16LE");
}

TEST(Encoding, UndeclaredBytesThatAreNotUtf8AreGuessedAt) {
  EXPECT_EQ(decode("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0! \xC4\xEE \xF1\xE2\xE8\xE4\xE0\xED\xE8\xFF.", "",
                   Markup::html)
                .text,
            "Привет, мир! До свидания.");
}

TEST(Encoding, MetaBehindTheFirstBytesCountsWhereTheBytesAreNoUtf8) {
  const std::string late = "<script>" + std::string(2000, 'x') + "</script><meta charset=windows-1251>";
  EXPECT_EQ(decode(late + "\xD6\xE5\xED\xE0", "text/html", Markup::html).charset, "windows-1251");
  EXPECT_EQ(decode(late + "\xC3\xA9 \xE2\x82\xAC", "text/html", Markup::html).charset, "UTF-8");
  EXPECT_NE(decode(late + "\xD6\xE5", "text/plain", Markup::other).charset, "windows-1251");
}

TEST(Encoding, Utf8WithAStrayByteIsUtf8) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "\u010De\u0161tina ";
  EXPECT_EQ(decode("<p>\xE9 " + text, "text/html", Markup::html).charset, "UTF-8");
}

TEST(Encoding, UnsafeEncodingsAreOneError) {
  EXPECT_EQ(decode("<script>", "text/html; charset=hz-gb-2312", Markup::html).text, "\uFFFD");
}

TEST(Encoding, AnyBytesInAnyEncodingGiveUtf8) {
  std::string bytes;
  for (int i = 0; i < 65'536; ++i) bytes += {static_cast<char>(i >> 8), static_cast<char>(i)};
  for (const std::string label : {"utf-8", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis",
                                  "euc-kr", "utf-16le", "utf-16be", "x-user-defined", "windows-1258"})
    EXPECT_TRUE(is_utf8(decode(bytes, "text/html; charset=" + label, Markup::html).text)) << label;
}

}  // namespace
}  // namespace parse
