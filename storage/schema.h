// The tables of crawl.db, and opening it.
//
//   auto lock = DatabaseLock::try_lock(path);            // before anything is written
//   Database database = open_database(path);             // tables are there, whatever the file was
//   Database reader = open_database_for_reading(path);   // for another thread
//
// Contract: docs/database.md names the tables and columns. A missing or empty file becomes a database; an
// older version is brought up to this one; a newer version, another application's database and a file that is
// no database are refused with DatabaseError, their content as it was. One connection writes; any number
// reads.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/database.h"

namespace storage {

/// PRAGMA application_id: "crwl".
inline constexpr int kApplicationId = 0x6372'776c;

using SharedPatience = std::shared_ptr<const Patience>;
Database open_database(const std::filesystem::path& file,
                       SharedPatience patience = std::make_shared<Patience>());
/// The same tables in a file that nobody sees, and that goes with it.
Database open_temporary_database();
Database open_database_for_reading(const std::filesystem::path& file,
                                   SharedPatience patience = std::make_shared<Patience>());

}  // namespace storage
