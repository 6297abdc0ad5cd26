#include "cmd/csv_record.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace cmd {
namespace {

std::string field(std::string_view text) {
  std::string out;
  CsvRecord(out).add(text);
  return out;
}

TEST(CsvRecord, SeparatesFieldsAndEndsALine) {
  std::string out;
  CsvRecord record(out);
  for (const std::string_view text : {"a", "b c", "3"}) record.add(text);
  record.end();
  EXPECT_EQ(out, "a,b c,3\r\n");
}

TEST(CsvRecord, TellsNullFromAnEmptyText) {
  std::string out;
  CsvRecord record(out);
  record.add_null();
  record.add("");
  record.add_null();
  record.end();
  EXPECT_EQ(out, ",\"\",\r\n");
}

TEST(CsvRecord, QuotesWhatWouldEndAField) {
  EXPECT_EQ(field("a,b"), "\"a,b\"");
  EXPECT_EQ(field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(field("\r"), "\"\r\"");
  EXPECT_EQ(field(" a"), "\" a\"");
}

TEST(CsvRecord, DoublesQuotes) {
  EXPECT_EQ(field("say \"so\""), "\"say \"\"so\"\"\"");
  EXPECT_EQ(field("\""), "\"\"\"\"");
}

TEST(CsvRecord, RepairsWhatIsNoText) {
  EXPECT_EQ(field("caf\xE9"), "caf\uFFFD");
  EXPECT_EQ(field("\xE2\x82\""), "\"\uFFFD\"\"\"");
  EXPECT_EQ(field(std::string_view("a\0b", 3)), "a\uFFFDb");
}

TEST(CsvRecord, LeavesFormulasAsTheyAre) { EXPECT_EQ(field("=1+1"), "=1+1"); }

}  // namespace
}  // namespace cmd
