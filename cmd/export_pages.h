// Turns what a database holds into JSON Lines or CSV, a piece at a time.
//
//   export_pages(reader, options, [&](std::string_view text) { file << text; return true; });
//
// Contract: pages in the order in which they were first seen, those that failed among them. Takes memory for
// about a megabyte and one page, however many there are; the database is not held while `write` runs. Pages
// that come while it runs are left out. Text is UTF-8. Throws BadExport for what the format cannot hold,
// before anything is written, and DatabaseError.
//
// CSV: a header, then a record a page; the page's fields are columns of their own, in the order in which they
// first appear. NULL is an empty field, an empty text is "". Lists and objects are JSON text. A field with a
// column's name is called fields.NAME, in each format where they would meet.
// Source: RFC 4180, https://jsonlines.org/
#pragma once

#include <functional>
#include <stdexcept>
#include <string_view>

#include "cmd/export_options.h"
#include "storage/database.h"

namespace cmd {

/// what() is a sentence for the user that says what to do.
struct BadExport : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// False ends the export. It is called without text too, where nothing is to be written for a while.
using Write = std::function<bool(std::string_view text)>;

/// False if `write` ended it.
bool export_pages(storage::Database& database, const ExportOptions& options, const Write& write);

}  // namespace cmd
