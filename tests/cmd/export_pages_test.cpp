#include "cmd/export_pages.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "storage/page_values.h"
#include "tests/storage/fixture.h"

namespace cmd {
namespace {

using nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const ExportOptions kCsv{.database = {}, .format = ExportFormat::csv, .output = {}};

class ExportPages : public storage::DatabaseTest {
 protected:
  void page_with(const std::string& fields) {
    storage::PageOutcome page = storage::answered("http://a/" + std::to_string(++pages_));
    page.content->fields = fields;
    commit(page);
  }
  std::string exported(const ExportOptions& options) {
    std::string text;
    EXPECT_TRUE(export_pages(reader_, options, [&](std::string_view piece) {
      text += piece;
      return true;
    }));
    return text;
  }
  std::vector<ordered_json> json(const ExportOptions& options) {
    std::vector<ordered_json> lines;
    std::istringstream text(exported(options));
    for (std::string line; std::getline(text, line);) lines.push_back(ordered_json::parse(line));
    return lines;
  }
  static ExportOptions each(ExportFormat format) {
    return {.database = {}, .format = format, .output = {}, .is_each = true};
  }
  std::string csv_items() { return exported(each(ExportFormat::csv)); }
  std::vector<std::string> json_items() {
    std::vector<std::string> lines;
    for (const ordered_json& line : json(each(ExportFormat::json_lines))) lines.push_back(line.dump());
    return lines;
  }
  /// Of the CSV of all pages the columns after those that each page has.
  std::vector<std::string> csv_fields() {
    std::vector<std::string> lines;
    std::istringstream text(exported(kCsv));
    for (std::string line; std::getline(text, line);) {
      std::size_t begin = 0;
      for (std::size_t column = 1; column < storage::kPageColumns.size(); ++column)
        begin = line.find(',', begin) + 1;
      lines.push_back(line.substr(begin, line.size() - begin - 1));
    }
    return lines;
  }

  storage::Database reader_ = storage::open_database_for_reading(path());

 private:
  int pages_ = 0;
};

TEST_F(ExportPages, OfAnEmptyDatabaseIsEmptyOrAHeader) {
  EXPECT_EQ(exported({}), "");
  EXPECT_EQ(csv_items(), "url\r\n");
  EXPECT_THAT(exported(kCsv), StartsWith("url,final_url,status,error,title,"));
}

TEST_F(ExportPages, IsALineAPageThoseThatFailedToo) {
  commit(storage::answered("http://a/"));
  commit(storage::failed("http://b/", "dns"));
  const std::vector<ordered_json> lines = json({});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["title"], "title");
  EXPECT_EQ(lines[1]["error"], "dns");
  EXPECT_FALSE(lines[0].contains("links"));
}

TEST_F(ExportPages, HasTheLinksOfEachPageWhenAsked) {
  storage::PageOutcome page = storage::answered("http://a/");
  page.links = {{.url = "http://b/", .fragment = "", .kind = "a", .rel = "", .text = "B"}};
  commit(page);
  commit(storage::failed("http://b/", "dns"));
  ExportOptions options;
  options.has_links = true;
  const std::vector<ordered_json> lines = json(options);
  EXPECT_EQ(lines.at(0)["links"][0]["text"], "B");
  EXPECT_EQ(lines.at(1)["links"], ordered_json::array());
}

TEST_F(ExportPages, AsCsvHasAColumnForEachFieldInTheOrderOfAppearance) {
  page_with(R"({"price":"1,50","size":2})");
  page_with(R"({"colour":null,"price":""})");
  commit(storage::failed("http://b/", "dns"));
  EXPECT_THAT(csv_fields(), ElementsAre("price,size,colour", R"("1,50",2,)", R"("",,)", ",,"));
}

TEST_F(ExportPages, AsCsvHasListsAsJson) {
  page_with(R"({"tags": ["a", "b"], "is_new": true})");
  EXPECT_THAT(csv_fields(), ElementsAre("tags,is_new", R"("[""a"",""b""]",true)"));
}

TEST_F(ExportPages, AsCsvKeepsAFieldApartFromTheColumnOfItsName) {
  page_with(R"({"title":"t","fields.title":"u","fields.other":"v"})");
  EXPECT_THAT(csv_fields(), ElementsAre("fields.title,fields.fields.title,fields.other", "t,u,v"));
}

TEST_F(ExportPages, AsCsvHasFieldsThatAreNoObjectInOneColumn) {
  page_with(R"([{"a": 1}])");
  page_with("not JSON");
  page_with(R"({"a":2})");
  EXPECT_THAT(csv_fields(), ElementsAre("fields,a", R"("[{""a"":1}]",)", "not JSON,", ",2"));
}

TEST_F(ExportPages, AsCsvHasABoundOnItsColumns) {
  std::string fields = "{\"f0\":0";
  for (int i = 1; i < 1000; ++i) fields += ",\"f" + std::to_string(i) + "\":0";
  page_with(fields + "}");
  EXPECT_THAT(csv_fields().at(0), StartsWith("f0,f1,"));
  page_with(R"({"one more":1})");
  std::string written;
  EXPECT_THROW(export_pages(reader_, kCsv,
                            [&](std::string_view text) {
                              written += text;
                              return true;
                            }),
               BadExport);
  EXPECT_EQ(written, "");
}

TEST_F(ExportPages, FailsForAFieldThatComesAfterTheHeader) {
  page_with(R"({"a":1})");
  const auto change_meanwhile = [&](std::string_view text) {
    if (!text.empty()) database_.execute("UPDATE page_row SET fields = '{\"b\":2}'");
    return true;
  };
  EXPECT_THROW(export_pages(reader_, kCsv, change_meanwhile), std::runtime_error);
}

TEST_F(ExportPages, OfItemsIsALineAnItemWithTheUrlOfItsPage) {
  page_with(R"([{"name":"a","price":1.50},{"name":"b"}])");
  page_with("[]");
  page_with(R"({"name":"c"})");
  commit(storage::failed("http://b/", "dns"));
  EXPECT_THAT(json_items(),
              ElementsAre(R"({"url":"http://a/1","name":"a","price":1.5})",
                          R"({"url":"http://a/1","name":"b"})", R"({"url":"http://a/3","name":"c"})"));
  EXPECT_THAT(exported(each(ExportFormat::json_lines)), HasSubstr("\"price\":1.50}"));
  EXPECT_EQ(csv_items(), "url,name,price\r\nhttp://a/1,a,1.50\r\nhttp://a/1,b,\r\nhttp://a/3,c,\r\n");
}

TEST_F(ExportPages, OfItemsKeepsTheirUrlApartFromThePages) {
  page_with(R"([{"url":"/x","title":"t"}])");
  EXPECT_THAT(json_items(), ElementsAre(R"({"url":"http://a/1","fields.url":"/x","title":"t"})"));
  EXPECT_EQ(csv_items(), "url,fields.url,title\r\nhttp://a/1,/x,t\r\n");
}

TEST_F(ExportPages, OfItemsPassesOverWhatIsNone) {
  for (const char* fields : {"not JSON", "1", "null", "\"{\"", "[1,\"{}\",null,[{}]]"}) page_with(fields);
  EXPECT_THAT(json_items(), IsEmpty());
  EXPECT_EQ(csv_items(), "url\r\n");
}

TEST_F(ExportPages, TakesRowsThatSomebodyDamaged) {
  page_with("{}");
  database_.execute(
      "UPDATE page_row SET url = CAST(x'61FF0A00' AS TEXT), status = 1e999, title = x'FF', hops = '[', "
      "body_size = 99999999999999999999");
  database_.execute("UPDATE page_body SET meta = CAST(x'7B7D00FF' AS TEXT), text = 5");
  const ordered_json page = json({}).at(0);
  EXPECT_EQ(page["url"], std::string("a\uFFFD\n\0", 6));
  EXPECT_EQ(page["status"], "Inf");
  EXPECT_EQ(page["hops"], "[");
  EXPECT_EQ(page["meta"], std::string("{}\0\uFFFD", 6));
  EXPECT_THAT(exported(kCsv), HasSubstr("\r\n\"a\uFFFD\n\uFFFD\",http://a/1,Inf,,\uFFFD,"));
}

TEST_F(ExportPages, EndsWhenToldTo) {
  page_with(R"({"a":1})");
  for (const ExportOptions& options : {ExportOptions{}, kCsv}) {
    EXPECT_FALSE(export_pages(reader_, options, [](std::string_view) { return false; }));
    EXPECT_FALSE(export_pages(reader_, options, [](std::string_view text) { return text.empty(); }));
  }
}

}  // namespace
}  // namespace cmd
