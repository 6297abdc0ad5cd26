#include "storage/robots_store.h"

#include <string>

namespace storage {

RobotsStore::RobotsStore(Database& database)
    : add_(database, "INSERT OR REPLACE INTO robots(origin, asked_at, status, body) VALUES (?, ?, ?, ?)"),
      find_(database, "SELECT asked_at, status, body FROM robots WHERE origin = ?") {}

void RobotsStore::add(const RobotsRow& row) {
  add_.run(row.origin, row.asked_at, row.status, Blob(row.body));
}

std::optional<RobotsRow> RobotsStore::find(std::string_view origin) {
  Rows rows = find_.query(origin);
  if (!rows.next()) return std::nullopt;
  return RobotsRow{.origin = std::string(origin),
                   .asked_at = rows.integer(0),
                   .status = static_cast<int>(rows.integer(1)),
                   .body = std::string(rows.text(2))};
}

}  // namespace storage
