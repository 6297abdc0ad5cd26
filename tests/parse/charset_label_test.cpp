#include "parse/charset_label.h"

#include <optional>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parse {
namespace {

TEST(CharsetLabel, IgnoresCaseAndSpaceAround) {
  EXPECT_EQ(encoding_of_label("\tUTF8 "), "UTF-8");
  EXPECT_EQ(encoding_of_label("iso-8859-9"), "windows-1254");
}

TEST(CharsetLabel, KnowsNoPartsAndNoPairs) {
  for (const std::string_view label : {"", " ", "utf", "utf-8 utf8", "866 cp866"})
    EXPECT_EQ(encoding_of_label(label), std::nullopt) << label;
}

TEST(CharsetLabel, EachNameIsALabelOfItsOwn) {
  for (const std::string_view name :
       {"UTF-8",        "IBM866",       "ISO-8859-2",   "ISO-8859-3",    "ISO-8859-4",     "ISO-8859-5",
        "ISO-8859-6",   "ISO-8859-7",   "ISO-8859-8",   "ISO-8859-8-I",  "ISO-8859-10",    "ISO-8859-13",
        "ISO-8859-14",  "ISO-8859-15",  "ISO-8859-16",  "KOI8-R",        "KOI8-U",         "macintosh",
        "windows-874",  "windows-1250", "windows-1251", "windows-1252",  "windows-1253",   "windows-1254",
        "windows-1255", "windows-1256", "windows-1257", "windows-1258",  "x-mac-cyrillic", "GBK",
        "gb18030",      "Big5",         "EUC-JP",       "ISO-2022-JP",   "Shift_JIS",      "EUC-KR",
        "replacement",  "UTF-16BE",     "UTF-16LE",     "x-user-defined"})
    EXPECT_EQ(encoding_of_label(name), name);
}

TEST(CharsetLabel, LabelsOfOtherEncodingsAreReadAsTheWebUsesThem) {
  EXPECT_EQ(encoding_of_label("us-ascii"), "windows-1252");
  EXPECT_EQ(encoding_of_label("gb2312"), "GBK");
  EXPECT_EQ(encoding_of_label("utf-16"), "UTF-16LE");
  EXPECT_EQ(encoding_of_label("iso-2022-kr"), "replacement");
}

}  // namespace
}  // namespace parse
