#include "cmd/export_pages.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cmd/csv_record.h"
#include "cmd/field_columns.h"
#include "cmd/field_rows.h"
#include "storage/json_text.h"
#include "storage/page_cursor.h"
#include "storage/page_json.h"
#include "storage/page_values.h"

namespace cmd {
namespace {

using storage::JsonMember;
using storage::kPageColumns;
using storage::PageCursor;
using storage::PageValue;
using storage::PageValues;
using storage::StoredPage;
using Reads = storage::PageCursor::Reads;

/// What is written at once: so much that a call costs little, so little that it is no matter for memory.
constexpr std::size_t kWriteBytes = std::size_t{1} << 20;

constexpr std::size_t kFields = kPageColumns.size() - 1;
static_assert(kPageColumns.front().name == "url" && kPageColumns[kFields].name == "fields");

/// Writes what `append` makes of each page.
template <class Append>
bool write_each(PageCursor cursor, const Write& write, Append append) {
  std::string text;
  for (bool has_more = true; has_more;) {
    has_more = cursor.read_some([&](const StoredPage& page) {
      append(text, page);
      return text.size() < kWriteBytes;
    });
    if (!write(text)) return false;
    text.clear();
  }
  return true;
}

void add_value(CsvRecord& record, const PageValue& value, bool is_json) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    record.add(std::to_string(*number));
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    const auto json = is_json ? storage::compact_json(*text) : std::nullopt;
    record.add(json ? *json : *text);
  } else {
    record.add_null();
  }
}

class Export {
 public:
  Export(storage::Database& database, const ExportOptions& options, const Write& write)
      : database_(database),
        row_(options.is_each ? Row::of_item : Row::of_page),
        last_id_(storage::last_page_id(database)),
        write_(write) {}

  bool pages_as_json(bool has_links) const {
    storage::LinkReader reader(database_);
    return write_each(cursor(Reads::all), write_, [&](std::string& text, const StoredPage& page) {
      if (!has_links) return storage::append_json_line(text, page.values);
      const std::vector<storage::LinkRow> links = reader.links_of(page.id);
      storage::append_json_line(text, page.values, &links);
    });
  }

  bool items_as_json() const {
    return write_each(cursor(Reads::url_and_fields), write_, [&](std::string& text, const StoredPage& page) {
      for_each_row(row_, page.values[kFields], [&](const std::vector<JsonMember>& fields) {
        text += R"({"url":)";
        storage::append_json_value(text, page.values.front());
        for (const JsonMember& field : fields) {
          text += ',';
          storage::append_json_string(text, field.name);
          text += ':';
          text += field.value;
        }
        text += "}\n";
      });
    });
  }

  bool rows_as_csv() const {
    FieldColumns columns;
    const auto note_columns = [&](const std::string&, const StoredPage& page) {
      for_each_row(row_, page.values[kFields], [&](const std::vector<JsonMember>& fields) {
        for (const JsonMember& field : fields) columns.add(field.name);
      });
    };
    if (!write_each(cursor(Reads::url_and_fields), write_, note_columns)) return false;
    std::string names;
    append_header(names, columns);
    if (!write_(names)) return false;
    const Reads reads = row_ == Row::of_page ? Reads::all : Reads::url_and_fields;
    return write_each(cursor(reads), write_, [&](std::string& text, const StoredPage& page) {
      for_each_row(row_, page.values[kFields], [&](const std::vector<JsonMember>& fields) {
        append_record(text, page.values, columns, fields);
      });
    });
  }

 private:
  PageCursor cursor(Reads reads) const { return {database_, reads, last_id_}; }
  /// The page's own columns before those of its fields.
  std::size_t page_columns() const { return row_ == Row::of_page ? kFields : 1; }

  void append_header(std::string& text, const FieldColumns& columns) const {
    CsvRecord names(text);
    for (std::size_t i = 0; i < page_columns(); ++i) names.add(kPageColumns[i].name);
    for (const std::string& name : columns.names()) names.add(name);
    names.end();
  }

  void append_record(std::string& text, const PageValues& page, const FieldColumns& columns,
                     const std::vector<JsonMember>& fields) const {
    CsvRecord record(text);
    for (std::size_t i = 0; i < page_columns(); ++i) add_value(record, page[i], kPageColumns[i].is_json);
    FieldValues values(columns);
    for (const JsonMember& field : fields) values.set(field);
    values.add_to(record);
    record.end();
  }

  storage::Database& database_;
  Row row_;
  std::int64_t last_id_;
  const Write& write_;
};

}  // namespace

bool export_pages(storage::Database& database, const ExportOptions& options, const Write& write) {
  const Export rows(database, options, write);
  if (options.format == ExportFormat::csv) return rows.rows_as_csv();
  return options.is_each ? rows.items_as_json() : rows.pages_as_json(options.has_links);
}

}  // namespace cmd
