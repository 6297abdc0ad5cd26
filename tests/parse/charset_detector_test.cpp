#include "parse/charset_detector.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "parse/charset_label.h"
#include "parse/legacy_decoder.h"

namespace parse {
namespace {

std::string encode(const std::string& text, const char* icu_name) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
  std::string bytes(text.size() * 4, '\0');
  bytes.resize(static_cast<std::size_t>(
      units.extract(0, units.length(), bytes.data(), static_cast<std::uint32_t>(bytes.size()), icu_name)));
  return bytes;
}

struct Text {
  std::string encoding;
  const char* icu_name;
  std::string text;
};
void PrintTo(const Text& text, std::ostream* out) { *out << text.encoding; }

class UndeclaredText : public testing::TestWithParam<Text> {};

TEST_P(UndeclaredText, IsReadAsItWasWritten) {
  const auto& [encoding, icu_name, text] = GetParam();
  const std::string page = "<!doctype html><html><head><title>" + text +
                           "</title><script src=\"/a.js\"></script></head><body class=main><p>" + text;
  const std::string bytes = encode(page, icu_name);
  EXPECT_EQ(guess_encoding(bytes), encoding);
  EXPECT_EQ(decode_legacy(bytes, guess_encoding(bytes)), page);
}

INSTANTIATE_TEST_SUITE_P(
    CharsetDetector, UndeclaredText,
    testing::Values(
        Text{"Shift_JIS", "Shift_JIS", "昨日は雨が降りましたが、今日はとても良い天気です。"},
        Text{"EUC-JP", "EUC-JP", "昨日は雨が降りましたが、今日はとても良い天気です。"},
        Text{"gb18030", "gb18030", "昨天下了一整天的雨，今天的天气非常好，我们去公园散步。"},
        Text{"Big5", "Big5-HKSCS", "昨天下了一整天的雨，今天的天氣非常好，我們去公園散步。"},
        Text{"EUC-KR", "windows-949", "어제는 하루 종일 비가 왔지만 오늘은 날씨가 아주 좋습니다."},
        Text{"windows-1251", "windows-1251", "Вчера весь день шёл дождь, а сегодня очень хорошая погода."},
        Text{"KOI8-U", "KOI8-R", "Вчера весь день шёл дождь, а сегодня очень хорошая погода."},
        Text{"KOI8-U", "KOI8-U", "Вчора цілий день ішов дощ, а сьогодні дуже гарна погода."},
        Text{"IBM866", "ibm-866", "Вчера весь день шёл дождь, а сегодня очень хорошая погода."},
        Text{"ISO-8859-5", "ISO-8859-5", "Вчера весь день шёл дождь, а сегодня очень хорошая погода."},
        Text{"ISO-8859-7", "ISO-8859-7", "Χθες έβρεχε όλη την ημέρα, αλλά σήμερα ο καιρός είναι πολύ καλός."},
        Text{"windows-1253", "windows-1253", "Χθες έβρεχε όλη την ημέρα – σήμερα ο καιρός είναι πολύ καλός."},
        Text{"windows-1255", "windows-1255", "אתמול ירד גשם כל היום – אבל היום מזג האוויר טוב מאוד."},
        Text{"windows-1256", "windows-1256", "أمطرت السماء طوال يوم أمس، لكن الطقس جميل جدا اليوم."},
        Text{"windows-874", "windows-874", "เมื่อวานฝนตกทั้งวัน แต่วันนี้อากาศดีมาก"},
        Text{"windows-1250", "windows-1250",
             "Wczoraj cały dzień padał deszcz – dziś świeci słońce i jest ciepło."},
        Text{"ISO-8859-2", "ISO-8859-2",
             "Včera celý den pršelo, ale dnes je velmi hezké počasí a svítí slunce."},
        Text{"windows-1254", "windows-1254",
             "Dün bütün gün yağmur yağdı, ama bugün hava çok güzel ve güneşli."},
        Text{"windows-1257", "windows-1257",
             "Vakar visą dieną lijo – šiandien oras labai gražus, šviečia saulė."},
        Text{"windows-1252", "windows-1252",
             "Hier il a plu toute la journée – aujourd’hui, le temps est très beau."},
        Text{"windows-1252", "windows-1252",
             "Gestern hat es den ganzen Tag geregnet, heute ist es schön und für Ausflüge."},
        Text{"windows-1252", "windows-1252",
             "Ayer llovió todo el día, pero mañana hará un tiempo muy bueno aquí."},
        Text{"windows-1252", "windows-1252",
             "Igår regnade det hela dagen, men idag är vädret mycket fint på ön."}));

TEST(CharsetDetector, FewBytesSayNothing) {
  for (const std::string text : {"", "café", "© 2024", "“quoted”", "5 €", "Zoë – naïve", "it’s • £5 ½",
                                 "Köln, ½ cup", "résumé, Ångström"})
    EXPECT_EQ(guess_encoding(encode(text, "windows-1252")), "windows-1252") << text;
}

TEST(CharsetDetector, Utf8ThatIsBrokenLaterIsUtf8) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "naïve façade, ";
  EXPECT_EQ(guess_encoding(text + "\xE9"), "UTF-8");
  EXPECT_EQ(guess_encoding("short but façade\xC3"), "UTF-8");
  EXPECT_EQ(guess_encoding("\xE9\xA0 " + text), "UTF-8");
  EXPECT_EQ(guess_encoding("\xE9\xA0 \xE9 \xE9 façade"), "windows-1252");
}

TEST(CharsetDetector, TextBehindAnyAmountOfMarkupIsSeen) {
  const std::string text =
      encode("Вчера весь день шёл дождь, а сегодня очень хорошая погода.", "windows-1251");
  EXPECT_EQ(guess_encoding(std::string(1'000'000, 'x') + text), "windows-1251");
  EXPECT_EQ(guess_encoding(std::string(1'000'000, ' ') + text), "windows-1251");
}

TEST(CharsetDetector, HostileBytesGiveSomeEncoding) {
  for (const std::string_view pattern :
       {"\x80", "\xFF", "\x81\x30\x81\x30", "\x8F\xA1", "\x1B$B\x80", "\xA4\x41", "\xE0\xB8"}) {
    std::string bytes;
    while (bytes.size() < 100'000) bytes += pattern;
    EXPECT_TRUE(encoding_of_label(guess_encoding(bytes))) << pattern;
  }
}

}  // namespace
}  // namespace parse
