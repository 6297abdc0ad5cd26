#include "storage/page_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "storage/page_cursor.h"
#include "tests/storage/fixture.h"

namespace storage {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;

std::string line_of(const PageOutcome& page) {
  std::string line;
  append_json_line(line, values_of(page));
  return line;
}

ordered_json json_of(const PageOutcome& page) { return ordered_json::parse(line_of(page)); }

PageOutcome full_page() {
  PageOutcome page = answered("http://a/", "d1", "t1");
  page.depth = 2;
  page.referrer = "http://from/";
  page.content = Content{.final_url = "http://a/b",
                         .title = "a \"title\"",
                         .description = "description",
                         .canonical = "http://a/c",
                         .lang = "en",
                         .charset = "utf-8",
                         .content_type = "text/html",
                         .text = "two\nlines",
                         .meta = "{ \"og\" :\n {} }",
                         .headers = "HTTP/1.1 200\r\nX: \xFF",
                         .body = "body",
                         .body_size = 4,
                         .digest = "d1",
                         .link_count = 1,
                         .hops = R"(["http://a/"])",
                         .etag = "e",
                         .last_modified = "then",
                         .fields = R"({"price":1.50})"};
  page.links = {{.url = "http://b/", .fragment = "top", .kind = "a", .rel = "nofollow", .text = "\"B\""},
                {.url = "http://c/", .fragment = "", .kind = "img", .rel = "", .text = ""}};
  return page;
}

TEST(PageJson, HoldsAllColumnsInTheirOrder) {
  EXPECT_EQ(
      line_of(full_page()),
      R"({"url":"http://a/","final_url":"http://a/b","status":200,"error":null,"title":"a \"title\"",)"
      R"("description":"description","canonical":"http://a/c","lang":"en","charset":"utf-8",)"
      R"("content_type":"text/html","text":"two\nlines","meta":{"og":{}},)"
      "\"headers\":\"HTTP/1.1 200\\r\\nX: \uFFFD\","
      R"("body_size":4,"digest":"d1","previous_digest":null,"link_count":1,"hops":["http://a/"],"etag":"e",)"
      R"("last_modified":"then","depth":2,"referrer":"http://from/","attempts":1,"run_id":null,)"
      R"("fetched_at":"t1","checked_at":"t1","changed_at":"t1","gone_at":null,"fields":{"price":1.50}})"
      "\n");
}

TEST(PageJson, HasEachKeyOfAPageThatFailed) {
  const ordered_json page = json_of(failed("http://a/", "dns", "t2"));
  EXPECT_EQ(page.size(), kPageColumns.size());
  EXPECT_EQ(page["error"], "dns");
  EXPECT_EQ(page["checked_at"], "t2");
  for (const char* key :
       {"status", "text", "meta", "hops", "body_size", "fetched_at", "changed_at", "fields"})
    EXPECT_TRUE(page[key].is_null()) << key;
}

TEST(PageJson, HasTheLinksWhenAsked) {
  const PageOutcome page = full_page();
  std::string line;
  append_json_line(line, values_of(page), &page.links);
  EXPECT_THAT(
      line,
      HasSubstr(
          R"(,"links":[{"url":"http://b/","fragment":"top","kind":"a","rel":"nofollow","text":"\"B\""},)"
          R"({"url":"http://c/","fragment":"","kind":"img","rel":"","text":""}]})"));
}

TEST(PageJson, IsALineWhateverThePageHolds) {
  PageOutcome page = full_page();
  page.content->text = std::string("\0\n\r\xC0\x80\xE2\x82 \u2028", 10);
  page.content->meta = "{'not': json}\n";
  page.content->fields = std::string(100'000, '[');
  page.content->hops = "";
  const std::string line = line_of(page);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const ordered_json read = ordered_json::parse(line);
  EXPECT_EQ(read["meta"], "{'not': json}\n");
  EXPECT_EQ(read["fields"], std::string(100'000, '['));
  EXPECT_EQ(read["hops"], "");
}

class StoredPageJson : public DatabaseTest {
 protected:
  /// The only page's line, without the id of its run.
  std::string stored_line() {
    std::string line;
    PageCursor cursor(database_, PageCursor::Reads::all, last_page_id(database_));
    while (cursor.read_some([&](const StoredPage& page) {
      PageValues values = page.values;
      values[23] = PageValue();
      append_json_line(line, values);
      return true;
    })) {
    }
    return line;
  }
};

TEST_F(StoredPageJson, IsThatOfTheLivePage) {
  static_assert(kPageColumns[23].name == "run_id");
  for (const PageOutcome& page : {full_page(), failed("http://a/", "dns"), refused("http://a/", 404),
                                  refused("http://a/", 410), refused("http://a/", 500)}) {
    database_.execute("DELETE FROM page_row; DELETE FROM page_body; DELETE FROM link");
    commit(page);
    EXPECT_EQ(stored_line(), line_of(page));
  }
}

TEST_F(StoredPageJson, HasTheColumnsOfPageButForIdAndBody) {
  std::string names;
  for (const PageColumn& column : kPageColumns) names += ',' + std::string(column.name);
  EXPECT_EQ(names, "," + value("SELECT group_concat(name) FROM pragma_table_info('page')"
                               " WHERE name NOT IN ('id', 'body')"));
}

}  // namespace
}  // namespace storage
