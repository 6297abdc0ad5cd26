#include "storage/page_cursor.h"

#include <cstdint>
#include <variant>
#include <vector>

#include "tests/storage/fixture.h"

namespace storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PageCursorTest : public DatabaseTest {
 protected:
  void commit_pages(int count) {
    Batch batch;
    for (int i = 0; i < count; ++i) batch.pages.push_back(failed("http://a/" + std::to_string(i), "dns"));
    store_.commit(batch, 1);
  }
  PageCursor cursor(PageCursor::Reads reads = PageCursor::Reads::all) {
    return {reader_, reads, last_page_id(reader_)};
  }
  std::vector<std::int64_t> all_ids(PageCursor cursor, std::size_t at_once = 1'000'000) {
    std::vector<std::int64_t> ids;
    for (bool has_more = true; has_more;) {
      std::size_t read = 0;
      has_more = cursor.read_some([&](const StoredPage& page) {
        ids.push_back(page.id);
        return ++read < at_once;
      });
    }
    return ids;
  }
  /// The value of a column of the only page.
  std::string value_of(std::string_view column, PageCursor::Reads reads = PageCursor::Reads::all) {
    std::string text = "none";
    cursor(reads).read_some([&](const StoredPage& page) {
      for (std::size_t i = 0; i < kPageColumns.size(); ++i)
        if (kPageColumns[i].name == column) text = shown(page.values[i]);
      return true;
    });
    return text;
  }
  /// Whether all of the log could be copied back: nobody looks at an older state.
  bool can_checkpoint() {
    Statement checkpoint(database_, "PRAGMA wal_checkpoint(PASSIVE)");
    Rows rows = checkpoint.query();
    rows.next();
    return rows.integer(1) == rows.integer(2);
  }

 private:
  static std::string shown(const PageValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return "integer " + std::to_string(*number);
    if (const auto* text = std::get_if<std::string_view>(&value)) return "text " + std::string(*text);
    return "NULL";
  }

 protected:
  Database reader_ = open_database_for_reading(path());
};

TEST_F(PageCursorTest, SeesEachPageOnceInTheOrderOfIds) {
  commit_pages(2500);
  std::vector<std::int64_t> expected;
  for (std::int64_t id = 1; id <= 2500; ++id) expected.push_back(id);
  EXPECT_EQ(all_ids(cursor()), expected);
  EXPECT_EQ(all_ids(cursor(), 7), expected);
  EXPECT_EQ(all_ids(cursor(PageCursor::Reads::url_and_fields), 1), expected);
}

TEST_F(PageCursorTest, GivesNoMoreOnceToldSo) {
  commit_pages(3);
  int given = 0;
  EXPECT_TRUE(cursor().read_some([&](const StoredPage&) { return ++given < 2; }));
  EXPECT_EQ(given, 2);
}

TEST_F(PageCursorTest, SeesNothingInAnEmptyDatabase) { EXPECT_THAT(all_ids(cursor()), IsEmpty()); }

TEST_F(PageCursorTest, LeavesOutPagesThatComeLater) {
  commit_pages(1);
  PageCursor begun = cursor();
  commit(failed("http://b/", "dns"));
  EXPECT_THAT(all_ids(std::move(begun)), ElementsAre(1));
}

TEST_F(PageCursorTest, GivesTheViewOfTheDatabaseBack) {
  commit_pages(3000);
  PageCursor slow = cursor();
  bool is_held = false;
  EXPECT_TRUE(slow.read_some([&](const StoredPage&) {
    if (!is_held) commit(failed("http://b/", "dns"));
    is_held = is_held || !can_checkpoint();
    return true;
  }));
  EXPECT_TRUE(is_held);
  EXPECT_TRUE(can_checkpoint());
}

TEST_F(PageCursorTest, ReadsTheValuesOfAPage) {
  PageOutcome page = answered("http://a/");
  page.content->text = "words";
  page.content->fields = "{}";
  page.content->headers = "octets \xFF";
  commit(page, 7);
  EXPECT_EQ(value_of("status"), "integer 200");
  EXPECT_EQ(value_of("run_id"), "integer 7");
  EXPECT_EQ(value_of("text"), "text words");
  EXPECT_EQ(value_of("headers"), "text octets \xFF");
  EXPECT_EQ(value_of("etag"), "NULL");
}

TEST_F(PageCursorTest, LeavesOutAllButUrlAndFieldsIfThatIsEnough) {
  PageOutcome page = answered("http://a/");
  page.content->fields = "{}";
  commit(page);
  const auto some = PageCursor::Reads::url_and_fields;
  EXPECT_EQ(value_of("url", some), "text http://a/");
  EXPECT_EQ(value_of("fields", some), "text {}");
  EXPECT_EQ(value_of("title", some), "NULL");
}

TEST_F(PageCursorTest, TakesWhatOnlyADamagedRowHolds) {
  commit(answered("http://a/"));
  const auto value_after = [&](const char* value) {
    database_.execute("UPDATE page_row SET status = " + std::string(value));
    return value_of("status");
  };
  EXPECT_EQ(value_after("9223372036854775807"), "integer 9223372036854775807");
  EXPECT_EQ(value_after("99999999999999999999"), "text 1.0e+20");
  EXPECT_EQ(value_after("1e999"), "text Inf");
  EXPECT_EQ(value_after("'many'"), "text many");
  EXPECT_EQ(value_after("x'6100'"), std::string("text a\0", 7));
}

TEST_F(PageCursorTest, ReadsThePagesLinks) {
  PageOutcome page = answered("http://a/");
  page.links = {{.url = "http://b/", .fragment = "f", .kind = "a", .rel = "r", .text = "t"},
                {.url = "http://c/", .fragment = "", .kind = "img", .rel = "", .text = ""}};
  commit(page);
  LinkReader reader(reader_);
  ASSERT_EQ(reader.links_of(1).size(), 2U);
  EXPECT_EQ(reader.links_of(1)[0].text, "t");
  EXPECT_EQ(reader.links_of(1)[1].url, "http://c/");
  EXPECT_THAT(reader.links_of(2), IsEmpty());
}

}  // namespace
}  // namespace storage
