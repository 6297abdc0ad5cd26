#include "parse/legacy_decoder.h"

#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parse/digest.h"

namespace parse {
namespace {

using namespace std::string_literals;

std::string bytes_of(std::initializer_list<int> values) {
  std::string bytes;
  for (const int value : values) bytes += static_cast<char>(value);
  return bytes;
}

/// Facts: the SHA-256 of what the standard's algorithms and indexes (index-*.txt of 2024-09-18) make of all
/// sequences.
struct Fact {
  std::string encoding;
  std::string digest;
};
void PrintTo(const Fact& fact, std::ostream* out) { *out << fact.encoding; }

class SingleByteIndex : public testing::TestWithParam<Fact> {};

TEST_P(SingleByteIndex, IsTheStandards) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  EXPECT_EQ(sha256_hex(decode_legacy(bytes, GetParam().encoding)), GetParam().digest);
}

INSTANTIATE_TEST_SUITE_P(
    LegacyDecoder, SingleByteIndex,
    testing::Values(
        Fact{"IBM866", "3c8cc5cb485f93d2bb20ea06c4d6808fcae1d924105a0ec4ee2b280457c14e14"},
        Fact{"ISO-8859-2", "a5871b0f978b840b9fad23483563caf9edf42c1828bff529f7594779ebaf5210"},
        Fact{"ISO-8859-3", "e83895f2b7d7b82b9356298e197f7ddef190d53209cdf3b46e9eca4d4a582847"},
        Fact{"ISO-8859-4", "449076e20ebf45ebbf44f24e39e98684dd2a6e07467ba3b8ba4192eb9405e2e3"},
        Fact{"ISO-8859-5", "9f31ddc0f7444afa24ddc2241f303bcd712296d7f2ca1e6bc9f5d1e9163df86f"},
        Fact{"ISO-8859-6", "beba4e6cf97dce8317ea76b14b77dbe4d2b3d8920b6b0a3fa9235ab532629f82"},
        Fact{"ISO-8859-7", "71069977a6798ab799df960847c927edfc3f787ac238f73702d7f37ef8cc1a1c"},
        Fact{"ISO-8859-8", "b43535e7aaeb7bcf8bd8465326ef9ace96e351494306f963fa24cf312e5aaf18"},
        Fact{"ISO-8859-8-I", "b43535e7aaeb7bcf8bd8465326ef9ace96e351494306f963fa24cf312e5aaf18"},
        Fact{"ISO-8859-10", "282514fbd01219c48fc84a8e45654368f161e1c5ab33fc028748688b9acb217f"},
        Fact{"ISO-8859-13", "4426f6d2f1b025cdf6d2b46080e2840b0ce85666d424ec909ccab226b34ebcc8"},
        Fact{"ISO-8859-14", "f03afb7e01e66cac3cd7ed1a084173244f55b7c2e7fce44969aeade1077d8560"},
        Fact{"ISO-8859-15", "9b58b26dbd8fbff2917ab21d989323703946ba491a1eb15cdb2af7ecf9581e97"},
        Fact{"ISO-8859-16", "2de1faef4dc524c9b94fd90885997e4fe6c2be7c672a1c03a10dcb0edd69487e"},
        Fact{"KOI8-R", "fb0243455e64ef7026d46b057cfaeb41fef148d7d29a78fde21feda264ac02ee"},
        Fact{"KOI8-U", "896c218aaf12ca1b0489a01d8d2780b0e9de4253e24f0117d5486dfd87acf593"},
        Fact{"macintosh", "54112bce885d7b1abc9ba5e06e21900b89ea0f7e5da25e393c0bdf72d0ea4a30"},
        Fact{"windows-874", "6a2c7940c3d682164044abd7db7706dfff0307c39092937230f7554ce9846756"},
        Fact{"windows-1250", "03772ed2e875bd125544fe7f243ea9a1dd163a057030970b26d8b6dd4c79a6e5"},
        Fact{"windows-1251", "b16600cf4e6d1a2d4659b6a2cc96caa5ddc3e103ecfb07c5154d05fd54b174b3"},
        Fact{"windows-1252", "cc916e51644a12e8de4ad160910c171a58621ee5dc3a6da6f8b00f8684085f33"},
        Fact{"windows-1253", "e4570135cbc6e3d53eae99c2be1af17c86f4a744bd55757470d2143ece00da0b"},
        Fact{"windows-1254", "4a8e99647c3e28e6a5234ac8b124e5614a3f99dc68ec948fb67da163e210e4f3"},
        Fact{"windows-1255", "870c5c5e687fabcddc1209bc1263f6d6e9d6f594baed8ab280dcdeeb5607207d"},
        Fact{"windows-1256", "6f6e8626197b1b6b280a079d1d842daa09600a39fdb3d1e99596e943c61cc98b"},
        Fact{"windows-1257", "d19a4e888879e36a450470073fc0344cffdfffa40ad82fb433de9f9b40b5c048"},
        Fact{"windows-1258", "e79b48db126bc71dfcf1723e9f6350af101d1eb494e29d736ecf9530113cd361"},
        Fact{"x-mac-cyrillic", "784db55e1c90195e69a4f96d755548fe48a4a6c327d1138cc731af07afec272c"},
        Fact{"x-user-defined", "fb4341fe90799717efc22f5de56d20a92c13e3711e94c9d4433fa4aabaf57c57"}));

class DoubleByteIndex : public testing::TestWithParam<Fact> {};

TEST_P(DoubleByteIndex, IsTheStandards) {
  std::string text;
  for (int lead = 0x80; lead < 256; ++lead)
    for (int trail = 0; trail < 256; ++trail)
      text += decode_legacy(bytes_of({lead, trail}), GetParam().encoding);
  EXPECT_EQ(sha256_hex(text), GetParam().digest);
}

INSTANTIATE_TEST_SUITE_P(
    LegacyDecoder, DoubleByteIndex,
    testing::Values(Fact{"gb18030", "097d827ffd72d659c9cf5f19e30786eca5987af9237f01b8b95d35a8f285470c"},
                    Fact{"Big5", "6e26e0b8c490f02da88547f9af8c04297ae669d456a89f1283b9fee0dbdad94d"},
                    Fact{"EUC-JP", "d8cbfca998c44adbcb5c8bbaf70bb3eaf2778cd96a95d29a4bb41a7828633abf"},
                    Fact{"EUC-KR", "7d0549a5667dfc1bcc1e4bbc3103c66268735c273881f10f8e81062e8adb239a"},
                    Fact{"Shift_JIS", "3d347b32999e9c049b71bfe63d5d29da18349114fa93e603619537c7eb9288ba"},
                    Fact{"GBK", "097d827ffd72d659c9cf5f19e30786eca5987af9237f01b8b95d35a8f285470c"}));

TEST(LegacyDecoder, EveryThirdByteOfEucJpIsTheStandards) {
  std::string text;
  for (int second = 0x80; second < 256; ++second)
    for (int third = 0; third < 256; ++third)
      text += decode_legacy(bytes_of({0x8F, second, third}), "EUC-JP");
  EXPECT_EQ(sha256_hex(text), "aaf31fedf728c6e6a00237394634e7be6b4ab0623c0c5d5b41f7c10c04e1180c");
}

TEST(LegacyDecoder, EveryKanjiOfIso2022JpIsTheStandards) {
  std::string text;
  for (int lead = 0; lead < 256; ++lead)
    for (int trail = 0; trail < 256; ++trail)
      text += decode_legacy("\x1B$B" + bytes_of({lead, trail}), "ISO-2022-JP");
  EXPECT_EQ(sha256_hex(text), "9a9fca417afc69e206d80baa69742e02c39f34038c1fd55df3402bdec9d08855");
}

TEST(LegacyDecoder, EveryFourBytesOfGb18030AreTheStandards) {
  std::string text;
  for (int first = 0x81; first < 0xFF; ++first) {
    std::string bytes;
    for (int second = '0'; second <= '9'; ++second)
      for (int third = 0x81; third < 0xFF; ++third)
        for (int fourth = '0'; fourth <= '9'; ++fourth) bytes += bytes_of({first, second, third, fourth});
    text += decode_legacy(bytes, "gb18030");
  }
  EXPECT_EQ(sha256_hex(text), "92bdae0e6267fb861bec922a5f0e694c423ffbf74eaa2931dc880e8226b2ba86");
}

TEST(LegacyDecoder, Big5HasFourPairsOfCodePoints) {
  EXPECT_EQ(decode_legacy("\x88\x62\x88\x64\x88\xA3\x88\xA5", "Big5"),
            "\u00CA\u0304\u00CA\u030C\u00EA\u0304\u00EA\u030C");
}

TEST(LegacyDecoder, WindowsPrivateCharactersOfShiftJisAreKept) {
  EXPECT_EQ(decode_legacy("\xF0\x40\xF9\xFC", "Shift_JIS"), "\uE000\uE757");
}

TEST(LegacyDecoder, AsciiAfterALeadByteIsNeverSwallowed) {
  for (const std::string_view encoding : {"GBK", "gb18030", "Big5", "EUC-JP", "EUC-KR", "Shift_JIS"})
    EXPECT_EQ(decode_legacy("\x81<b>\xE3\"\xFE\n", encoding), "\uFFFD<b>\uFFFD\"\uFFFD\n") << encoding;
}

TEST(LegacyDecoder, WhatIsCutOffAtTheEndIsOneError) {
  EXPECT_EQ(decode_legacy("a\x81\x30\x81", "gb18030"), "a\uFFFD");
  EXPECT_EQ(decode_legacy("a\x8F\xB0", "EUC-JP"), "a\uFFFD");
  EXPECT_EQ(decode_legacy("a\xA4", "Big5"), "a\uFFFD");
  EXPECT_EQ(decode_legacy("\x3D\xD8\x00"s, "UTF-16LE"), "\uFFFD");
}

TEST(LegacyDecoder, BrokenFourByteSequencesGiveTheirRestBack) {
  EXPECT_EQ(decode_legacy("\x81\x30<", "gb18030"), "\uFFFD0<");
  EXPECT_EQ(decode_legacy("\x81\x30\x81<", "gb18030"), "\uFFFD0\uFFFD<");
  EXPECT_EQ(decode_legacy("\x81\x30\xD6\xD0", "gb18030"), "\uFFFD0中");
}

TEST(LegacyDecoder, SurrogatesWithoutTheirOtherHalfAreOneErrorEach) {
  EXPECT_EQ(decode_legacy("\xDE\x00\xD8\x3D\xD8\x3D\xDE\x00"s, "UTF-16BE"), "\uFFFD\uFFFD😀");
}

TEST(LegacyDecoder, EscapeSequencesChangeTheCharacterSet) {
  EXPECT_EQ(decode_legacy("\x1B(J\\~\x1B(B\\~", "ISO-2022-JP"), "¥‾\\~");
  EXPECT_EQ(decode_legacy("\x1B(I12", "ISO-2022-JP"), "ｱｲ");
  EXPECT_EQ(decode_legacy("\x1B$@F|", "ISO-2022-JP"), "日");
}

TEST(LegacyDecoder, BrokenEscapeSequencesAreOneErrorAndText) {
  EXPECT_EQ(decode_legacy("\x1B", "ISO-2022-JP"), "\uFFFD");
  EXPECT_EQ(decode_legacy("\x1B$", "ISO-2022-JP"), "\uFFFD$");
  EXPECT_EQ(decode_legacy("\x1B(Z", "ISO-2022-JP"), "\uFFFD(Z");
  EXPECT_EQ(decode_legacy("\x1B$BF\x1B(B!", "ISO-2022-JP"), "\uFFFD!");
}

TEST(LegacyDecoder, NothingIsHiddenBetweenEscapeSequences) {
  EXPECT_EQ(decode_legacy("a\x1B$B\x1B(Bb", "ISO-2022-JP"), "a\uFFFDb");
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

TEST(LegacyDecoder, RunsLongerThanABlockAreWhole) {
  const std::string run(10'000, 'x');
  EXPECT_EQ(decode_legacy(run + "\xE9" + run, "windows-1252"), run + "é" + run);
  for (const std::size_t length : {4094U, 4095U, 4096U, 4097U})
    EXPECT_EQ(decode_legacy(std::string(length, 'x') + "\x81\x30\x81\x30!", "gb18030"),
              std::string(length, 'x') + "\u0080!");
}

TEST(LegacyDecoder, UnsafeEncodingsAreOneError) {
  EXPECT_EQ(decode_legacy("<script>", "replacement"), "\uFFFD");
  EXPECT_EQ(decode_legacy("", "replacement"), "");
}

TEST(LegacyDecoder, ThreadsMayBeFirstTogether) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] { EXPECT_EQ(decode_legacy("\xD6\xD0\x81\x30\x81\x30", "gb18030"), "中\u0080"); });
}

}  // namespace
}  // namespace parse
