// Reads the rows of `page` in the order of their ids, some at a time.
//
//   PageCursor cursor(reader, PageCursor::Reads::all, last_page_id(reader));
//   while (cursor.read_some([&](const StoredPage& page) { append_json_line(text, page.values);
//                                                         return text.size() < kEnough; }))
//     write(text);
//
// Contract: one row is in memory. The view of the database is given back after at most kMaxRows rows, so
// that a crawl's checkpoints are held up neither by a long read nor by whoever takes what was read: rows read
// together are of one moment, others are not. A page that `take` saw is not seen again, whatever became of
// it. What `take` is given lives until it returns. The database outlives the cursor and is used on the same
// thread. Throws DatabaseError.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "storage/database.h"
#include "storage/page_values.h"
#include "storage/rows.h"

namespace storage {

struct StoredPage {
  std::int64_t id = 0;
  PageValues values;
};

class PageCursor {
 public:
  enum class Reads {
    all,
    url_and_fields,  // the others are NULL: many times faster, since no text is read
  };
  static constexpr int kMaxRows = 1000;

  /// Pages with an id above `last_id` are left out: those that a crawl adds would make it endless.
  PageCursor(Database& database, Reads reads, std::int64_t last_id);

  /// Gives pages to `take` until it returns false. True unless there are no more.
  bool read_some(const std::function<bool(const StoredPage&)>& take);

 private:
  Statement select_;
  std::int64_t after_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t last_id_;
};

std::int64_t last_page_id(const Database& database);

/// The links of one page's last good answer, in their order.
class LinkReader {
 public:
  explicit LinkReader(const Database& database);

  std::vector<LinkRow> links_of(std::int64_t page_id);

 private:
  Statement select_;
};

}  // namespace storage
