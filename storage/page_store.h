// Writes what a run found: pages, links, fetches and lines of the input, a batch in one transaction.
//
//   PageStore store(database);
//   store.commit(batch, run.id);
//
// Contract: all of a batch is in the database when commit() returns, and none of it when it throws
// DatabaseError, as it does for a file that was moved or deleted meanwhile; a killed process loses no batch
// that was committed. Each PageOutcome makes or changes the one row of its URL:
//  - with content, every column becomes this answer's; previous_digest and changed_at tell of a new digest,
//    gone_at is cleared, the links are replaced;
//  - without, only error, attempts, run_id and checked_at change, and status if a response came. gone_at
//  keeps
//    the time of the first 404 or 410. A 304 says that the last good answer stands: its status stays too.
// The database outlives the store and is used on the same thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/database.h"
#include "storage/robots_store.h"
#include "storage/rows.h"

namespace storage {

class PageStore {
 public:
  explicit PageStore(Database& database);

  void commit(const Batch& batch, std::int64_t run_id);
  /// The same within the caller's transaction.
  void add(const Batch& batch, std::int64_t run_id);

 private:
  void store(const PageOutcome& page, std::int64_t run_id);
  /// Both return the id of the page's row.
  std::int64_t id_of(std::string_view url);
  std::int64_t store_content(const PageOutcome& page, std::int64_t run_id);
  std::int64_t store_outcome(const PageOutcome& page, std::int64_t run_id);
  void store_links(std::int64_t page_id, const std::vector<LinkRow>& links);
  void store(const FetchRow& fetch, std::optional<std::int64_t> page_id, std::int64_t run_id);

  Database& database_;
  Statement find_page_;
  Statement insert_content_;
  Statement update_content_;
  Statement insert_outcome_;
  Statement update_outcome_;
  Statement drop_body_;
  Statement insert_body_;
  Statement drop_links_;
  Statement add_link_;
  Statement add_fetch_;
  Statement add_seed_;
  RobotsStore robots_;
};

}  // namespace storage
