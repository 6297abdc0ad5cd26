// The files that a database is made of.
//
//   belongs_to_database("pages.db-wal", "pages.db");   // true: not to be replaced by another
//
// Contract: looks at the file system, to follow links; what is not there is taken by its name.
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace crawler {

/// The database itself, or one of the files that stand beside it.
inline bool belongs_to_database(const std::filesystem::path& file, const std::filesystem::path& database) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string name = fs::weakly_canonical(fs::absolute(database), error).native();
  const std::string beside = fs::weakly_canonical(fs::absolute(file), error).native();
  constexpr std::array<std::string_view, 5> suffixes = {"", "-wal", "-shm", "-journal", ".lock"};
  return std::ranges::any_of(suffixes,
                             [&](std::string_view suffix) { return beside == name + std::string(suffix); });
}

}  // namespace crawler
