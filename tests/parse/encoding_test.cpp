#include "parse/encoding.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/charset_label.h"
#include "parse/charset_prescan.h"
#include "parse/legacy_decoder.h"
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

// https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding

TEST(MetaPrescan, ReadsBothForms) {
  EXPECT_EQ(prescan_meta("<title>x</title><META/CHARSET = 'Latin1'>"), "windows-1252");
  EXPECT_EQ(prescan_meta("<meta content='text/html; charset=euc-kr' http-equiv=Content-Type>"), "EUC-KR");
}

TEST(MetaPrescan, ContentNeedsThePragma) {
  EXPECT_EQ(prescan_meta("<meta name=x content='text/html; charset=euc-kr'>"), std::nullopt);
}

TEST(MetaPrescan, PassesOverCommentsAndOtherTagsAttributes) {
  EXPECT_EQ(prescan_meta("<!-- <meta charset=big5> --><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("<a title='<meta charset=big5>'><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("<!--><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("<!doctype html></p x><?php ?><meta charset=gbk>"), "GBK");
}

TEST(MetaPrescan, FirstOfTwoAttributesCounts) {
  EXPECT_EQ(prescan_meta("<meta charset=gbk charset=big5>"), "GBK");
}

TEST(MetaPrescan, UnknownCharsetLeavesTheNextMetaItsTurn) {
  EXPECT_EQ(prescan_meta("<meta charset=klingon><meta charset=gbk>"), "GBK");
}

TEST(MetaPrescan, Utf16MeansUtf8AndUserDefinedMeansWindows1252) {
  EXPECT_EQ(prescan_meta("<meta charset=utf-16be>"), "UTF-8");
  EXPECT_EQ(prescan_meta("<meta charset=x-user-defined>"), "windows-1252");
  EXPECT_EQ(prescan_xml("<?xml encoding='utf-16'?>"), "UTF-8");
}

TEST(MetaPrescan, LooksAt1024BytesOnly) {
  const std::string meta = "<meta charset=gbk>";
  EXPECT_EQ(prescan_meta(std::string(1024 - meta.size(), ' ') + meta), "GBK");
  EXPECT_EQ(prescan_meta(std::string(1025 - meta.size(), ' ') + meta), std::nullopt);
}

TEST(MetaPrescan, CutOffAnywhereFindsNothing) {
  const std::string whole = "<meta a = 'b' content=\"x; charset='gbk'\" http-equiv=content-type>";
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(prescan_meta(whole.substr(0, length)), std::nullopt) << length;
}

TEST(MetaPrescan, CharsetInContentIsReadAsTheStandardReadsIt) {
  EXPECT_EQ(charset_in_meta_content("charset ; CHARSET = utf-8;x"), "utf-8");
  EXPECT_EQ(charset_in_meta_content("charset='big5' x"), "big5");
  EXPECT_EQ(charset_in_meta_content("charset=\"big5"), std::nullopt);
  EXPECT_EQ(charset_in_meta_content("text/html"), std::nullopt);
}

TEST(CharsetLabel, IgnoresCaseAndSpaceAround) {
  EXPECT_EQ(encoding_of_label("\tUTF8 "), "UTF-8");
  EXPECT_EQ(encoding_of_label("iso-8859-9"), "windows-1254");
}

TEST(CharsetLabel, KnowsNoPartsAndNoPairs) {
  for (const std::string_view label : {"", " ", "utf", "utf-8 utf8", "866 cp866"})
    EXPECT_EQ(encoding_of_label(label), std::nullopt) << label;
}

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

TEST(LegacyDecoder, MalformedBytesAreReplacedAndWhatFollowsIsKept) {
  EXPECT_EQ(decode_legacy("\x81 <", "Shift_JIS"), "\uFFFD <");
  EXPECT_EQ(decode_legacy("\xB0", "EUC-KR"), "\uFFFD");
  EXPECT_EQ(decode_legacy("a\x00\x00\xD8\x62\x00\x63"s, "UTF-16LE"), "a\uFFFDb\uFFFD");
}

TEST(LegacyDecoder, HolesInSingleByteTablesAreTheStandards) {
  EXPECT_EQ(decode_legacy("\x81\x8D", "windows-1252"), "\u0081\u008D");
  EXPECT_EQ(decode_legacy("\xDB", "windows-874"), "\uFFFD");
  EXPECT_EQ(decode_legacy("\xAE\xBE", "KOI8-U"), "ўЎ");
  EXPECT_EQ(decode_legacy("\x80", "GBK"), "€");
}

TEST(LegacyDecoder, OutputLongerThanItsBuffersIsWhole) {
  std::string bytes, text;
  for (int i = 0; i < 20'000; ++i) {
    bytes += "\x93\xFA";
    text += "日";
  }
  EXPECT_EQ(decode_legacy(bytes, "Shift_JIS"), text);
}

TEST(LegacyDecoder, UnsafeEncodingsAreOneError) {
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
