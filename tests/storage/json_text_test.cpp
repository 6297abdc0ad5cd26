#include "storage/json_text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string json_of(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

std::vector<std::pair<std::string, std::string>> members(std::string_view compact) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const JsonMember& member : members_of(compact)) pairs.emplace_back(member.name, member.value);
  return pairs;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonString, IsEscapedWhereItMustBe) {
  EXPECT_EQ(json_of("say \"caf\u00e9\" \\ \n\t\x01"), "\"say \\\"caf\u00e9\\\" \\\\ \\n\\t\\u0001\"");
  EXPECT_EQ(json_of(""), R"("")");
  EXPECT_EQ(json_of(std::string_view("a\0b", 3)), R"("a\u0000b")");
}

TEST(JsonString, IsRepairedWhereItIsNoUtf8) {
  EXPECT_EQ(json_of("caf\xE9!"), "\"caf\uFFFD!\"");
  EXPECT_EQ(json_of("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");
}

TEST(JsonString, OfAnyLengthIsWhatItsPartsAre) {
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'a');
    std::string escaped(shift, 'a');
    for (int i = 0; i < 10'000; ++i) {
      text += "\xF0\x9F\x90\x9F\"";  // a fish, and a quote
      escaped += "\xF0\x9F\x90\x9F\\\"";
    }
    EXPECT_EQ(json_of(text), '"' + escaped + '"') << shift;
  }
  EXPECT_EQ(json_of(std::string(40'000, '\x80')).size(), 120'002U);
}

TEST(CompactJson, LosesNothingButWhiteSpace) {
  EXPECT_EQ(compact_json(" { \"a b\" :\t[ 1.50,\r\n -0 , 1e3 ] } "), R"({"a b":[1.50,-0,1e3]})");
  EXPECT_EQ(compact_json(R"("\" \\ ")"), R"("\" \\ ")");
  EXPECT_EQ(compact_json("12345678901234567890123"), "12345678901234567890123");
}

TEST(CompactJson, IsNothingForWhatIsNoJson) {
  for (const std::string_view text : {"", " ", "{", "{a:1}", "[1,]", "nul", "1 2", "\"\n\"", "\"\xE9\"",
                                      "NaN", "\xEF\xBB\xBF{}", R"("\ud800")", "// c\n1", "1e999"})
    EXPECT_EQ(compact_json(text), std::nullopt) << text;
  EXPECT_EQ(compact_json(std::string_view("{}\0{", 4)), std::nullopt);
}

TEST(CompactJson, IsNothingBeyondADepth) {
  EXPECT_EQ(compact_json(nested(kMaxJsonDepth)), nested(kMaxJsonDepth));
  EXPECT_EQ(compact_json(nested(kMaxJsonDepth + 1)), std::nullopt);
  EXPECT_EQ(compact_json(nested(1'000'000)), std::nullopt);
}

TEST(JsonMembers, AreTakenApart) {
  EXPECT_THAT(members(R"({"a":1,"b,}":"x\",","c":{"d":[1,{"e":2}]},"f":[]})"),
              ElementsAre(std::pair("a", "1"), std::pair("b,}", R"("x\",")"),
                          std::pair("c", R"({"d":[1,{"e":2}]})"), std::pair("f", "[]")));
  EXPECT_THAT(members(R"({"pri\u0063e":null})"), ElementsAre(std::pair("price", "null")));
  EXPECT_THAT(members("{}"), IsEmpty());
  EXPECT_THAT(members("[1]"), IsEmpty());
}

TEST(JsonElements, AreTakenApart) {
  EXPECT_THAT(elements_of(R"([{"a":[1,2]},"],",[[]],null])"),
              ElementsAre(R"({"a":[1,2]})", R"("],")", "[[]]", "null"));
  EXPECT_THAT(elements_of("[]"), IsEmpty());
  EXPECT_THAT(elements_of("{}"), IsEmpty());
}

TEST(JsonText, IsThatOfAString) {
  EXPECT_EQ(string_of(R"("a\n\u00e9")"), "a\n\u00e9");
  EXPECT_EQ(string_of("1"), std::nullopt);
}

}  // namespace
}  // namespace storage
