// The robots.txt of each origin, as it was answered last.
//
//   RobotsStore store(database);
//   store.add({.origin = "https://example.com", .asked_at = now, .status = 200, .body = body});
//   if (const auto row = store.find("https://example.com")) …
//
// Contract: one row an origin, whichever run asked. Throws DatabaseError. The database outlives the store and
// is used on the same thread.
#pragma once

#include <optional>
#include <string_view>

#include "storage/database.h"
#include "storage/rows.h"

namespace storage {

class RobotsStore {
 public:
  explicit RobotsStore(Database& database);

  void add(const RobotsRow& row);
  std::optional<RobotsRow> find(std::string_view origin);

 private:
  Statement add_;
  Statement find_;
};

}  // namespace storage
