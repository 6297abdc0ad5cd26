#include "storage/page_cursor.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace storage {
namespace {

// From the tables and not the view: it would look up the row of page_body for each of its columns.
std::string select_of(PageCursor::Reads reads) {
  const bool reads_all = reads == PageCursor::Reads::all;
  std::string sql = "SELECT page_row.id";
  for (const PageColumn& column : kPageColumns) {
    const bool is_read = reads_all || column.name == "url" || column.name == "fields";
    sql += is_read ? ", " + std::string(column.name) : ", NULL";
  }
  sql += " FROM page_row";
  if (reads_all) sql += " LEFT JOIN page_body ON page_body.id = page_row.id";
  return sql + " WHERE page_row.id > ? AND page_row.id <= ? ORDER BY page_row.id LIMIT ?";
}

PageValue read_value(const Rows& rows, int column) {
  if (rows.is_null(column)) return {};
  if (rows.is_integer(column)) return rows.integer(column);
  return rows.text(column);
}

}  // namespace

PageCursor::PageCursor(Database& database, Reads reads, std::int64_t last_id)
    : select_(database, select_of(reads)), last_id_(last_id) {}

bool PageCursor::read_some(const std::function<bool(const StoredPage&)>& take) {
  StoredPage page;
  Rows rows = select_.query(after_, last_id_, kMaxRows);
  for (int count = 0; count < kMaxRows; ++count) {
    if (!rows.next()) return false;
    page.id = after_ = rows.integer(0);
    for (std::size_t i = 0; i < page.values.size(); ++i)
      page.values[i] = read_value(rows, static_cast<int>(i) + 1);
    if (!take(page)) break;
  }
  return true;
}

std::int64_t last_page_id(const Database& database) {
  Statement statement(database, "SELECT max(id) FROM page_row");
  Rows rows = statement.query();
  rows.next();
  return rows.integer(0);
}

LinkReader::LinkReader(const Database& database)
    : select_(database,
              "SELECT url, fragment, kind, rel, text FROM link WHERE page_id = ? ORDER BY position") {}

std::vector<LinkRow> LinkReader::links_of(std::int64_t page_id) {
  std::vector<LinkRow> links;
  Rows rows = select_.query(page_id);
  while (rows.next()) {
    const auto text = [&rows](int column) { return std::string(rows.text(column)); };
    links.push_back({.url = text(0), .fragment = text(1), .kind = text(2), .rel = text(3), .text = text(4)});
  }
  return links;
}

}  // namespace storage
