#include "parse/charset_prescan.h"

#include <optional>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parse {
namespace {

using namespace std::string_literals;

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
  EXPECT_EQ(prescan_meta("<meta charset charset=big5>"), std::nullopt);
}

TEST(MetaPrescan, CharsetWinsOverContentWhateverTheirOrder) {
  EXPECT_EQ(prescan_meta("<meta http-equiv=content-type content='charset=big5' charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("<meta charset=klingon http-equiv=content-type content='charset=big5'>"),
            std::nullopt);
  EXPECT_EQ(prescan_meta("<meta content='charset=big5' charset=gbk>"), "GBK");
}

TEST(MetaPrescan, TagsAreToldAsTheStandardTellsThem) {
  EXPECT_EQ(prescan_meta("<metacharset=gbk>"), std::nullopt);
  EXPECT_EQ(prescan_meta("<meta/charset=gbk/>"), std::nullopt);  // the label is "gbk/"
  EXPECT_EQ(prescan_meta("<meta charset=gbk />"), "GBK");
  EXPECT_EQ(prescan_meta("<meta =x charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("</meta charset=gbk>"), std::nullopt);
  EXPECT_EQ(prescan_meta("< meta charset=gbk>"), std::nullopt);
  EXPECT_EQ(prescan_meta("<title><meta charset=gbk></title>"), "GBK");
}

TEST(MetaPrescan, CommentsEndAsTheStandardEndsThem) {
  EXPECT_EQ(prescan_meta("<!---><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("<!-- > -- > <meta charset=gbk>"), std::nullopt);
  EXPECT_EQ(prescan_meta("<!-><meta charset=gbk>"), "GBK");
  EXPECT_EQ(prescan_meta("<!--"), std::nullopt);
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

// https://html.spec.whatwg.org/#concept-get-xml-encoding-when-sniffing

TEST(XmlPrescan, ReadsTheEncodingOfTheDeclaration) {
  EXPECT_EQ(prescan_xml("<?xml version='1.0' encoding='koi8-r'?>"), "KOI8-R");
  EXPECT_EQ(prescan_xml("<?xml version=\"1.0\" encoding\v=\n\"euc-jp\" standalone='yes' ?><a>"), "EUC-JP");
  EXPECT_EQ(prescan_xml("<?xml encoding=x-user-defined?>"), std::nullopt);
  EXPECT_EQ(prescan_xml(" <?xml encoding='koi8-r'?>"), std::nullopt);
}

TEST(XmlPrescan, IsCutOffByTheEndOfTheDeclaration) {
  EXPECT_EQ(prescan_xml("<?xml version='1.0'?><a encoding='koi8-r'>"), std::nullopt);
  EXPECT_EQ(prescan_xml("<?xml encoding='koi8-r'"), std::nullopt);
  EXPECT_EQ(prescan_xml("<?xml encoding='koi8-r?>"), std::nullopt);
}

TEST(XmlPrescan, LabelsWithSpacesAreNone) {
  EXPECT_EQ(prescan_xml("<?xml encoding=' koi8-r'?>"), std::nullopt);
}

TEST(XmlPrescan, BytesTellUtf16) {
  EXPECT_EQ(prescan_utf16("<\0?\0x\0m\0"s), "UTF-16LE");
  EXPECT_EQ(prescan_utf16("\0<\0?\0x"s), "UTF-16BE");
  EXPECT_EQ(prescan_utf16("<\0?\0x"s), std::nullopt);
  EXPECT_EQ(prescan_utf16("<\0a\0x\0"s), std::nullopt);
}

}  // namespace
}  // namespace parse
