#include "crawler/json_columns.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "parse/page_facts.h"

namespace crawler {
namespace {

using nlohmann::json;

json meta(const std::string& html) {
  const auto text = meta_json(parse::read_page(html, *parse::Url::parse("http://a.example/")));
  return text ? json::parse(*text) : json();
}

json json_ld(const std::string& text) {
  return meta("<script type=application/ld+json>" + text + "</script>")["json_ld"][0];
}

TEST(JsonColumns, SayNothingOfAPageThatSaysNothing) { EXPECT_EQ(meta("<p>x"), json()); }

TEST(JsonColumns, HaveTheHeadings) {
  EXPECT_EQ(meta("<h1>a</h1><h3>b</h3>")["headings"],
            json({{{"level", 1}, {"text", "a"}}, {{"level", 3}, {"text", "b"}}}));
}

TEST(JsonColumns, HaveAPropertyThatStandsTwiceAsAList) {
  const json properties = meta(
      "<meta property=og:title content=T><meta property=og:image content=1>"
      "<meta property=og:image content=2><meta property=og:image content=3>")["properties"];
  EXPECT_EQ(properties, json({{"og:title", "T"}, {"og:image", {"1", "2", "3"}}}));
}

TEST(JsonColumns, HaveAlternatesAndFeeds) {
  const json page = meta(
      "<link rel=alternate hreflang=de href=/de>"
      "<link rel=alternate type=application/rss+xml title=News href=/feed>");
  EXPECT_EQ(page["hreflang"], json({{{"lang", "de"}, {"url", "http://a.example/de"}}}));
  EXPECT_EQ(page["feeds"],
            json({{{"title", "News"}, {"type", "application/rss+xml"}, {"url", "http://a.example/feed"}}}));
}

TEST(JsonColumns, HaveJsonLdAsJson) {
  EXPECT_EQ(json_ld(R"({"@type":"Product","offers":[{"price":1.5}]})"),
            json({{"@type", "Product"}, {"offers", {{{"price", 1.5}}}}}));
}

TEST(JsonColumns, HaveJsonLdThatIsNoJsonAsText) { EXPECT_EQ(json_ld(R"({"a":1,})"), R"({"a":1,})"); }

TEST(JsonColumns, HaveJsonLdThatIsTooDeepAsText) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(json_ld(nested(60)).is_array());
  EXPECT_TRUE(json_ld(nested(100'000)).is_string());
}

TEST(JsonColumns, HaveTheNumbersOfJsonLdAsTheyStand) {
  const auto facts = parse::read_page(
      "<h1>x</h1><script type=application/ld+json>{\"sku\": 123456789012345678901234, \"price\": "
      "19.90}</script>",
      *parse::Url::parse("http://a.example/"));
  EXPECT_EQ(
      meta_json(facts),
      R"({"headings":[{"level":1,"text":"x"}],"json_ld":[{"sku":123456789012345678901234,"price":19.90}]})");
}

TEST(JsonColumns, HaveFieldsInTheirOrder) {
  parse::Extraction extraction;
  for (const char* spec : {"z=h1", "a[]=p", "n=q"})
    extraction.fields.push_back(parse::Field::parse(spec).value());
  EXPECT_EQ(fields_json(extraction, {parse::Item{"Z", std::vector<std::string>{"1", "2"}, std::monostate()}}),
            R"({"z":"Z","a":["1","2"],"n":null})");
}

TEST(JsonColumns, HaveAListOfItemsWithEach) {
  parse::Extraction extraction;
  extraction.each = parse::Selector::parse("li").value();
  extraction.fields.push_back(parse::Field::parse("a=b").value());
  EXPECT_EQ(fields_json(extraction, {parse::Item{"1"}, parse::Item{"2"}}), R"([{"a":"1"},{"a":"2"}])");
  EXPECT_EQ(fields_json(extraction, {}), "[]");
}

TEST(JsonColumns, HaveHopsAsAList) {
  EXPECT_EQ(hops_json({}), "[]");
  EXPECT_EQ(hops_json({"http://a.example/\\\"", "http://b.example/"}),
            R"(["http://a.example/\\\"","http://b.example/"])");
}

}  // namespace
}  // namespace crawler
