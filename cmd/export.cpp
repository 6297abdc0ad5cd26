#include "cmd/export.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include "cmd/export_pages.h"
#include "cmd/held_signals.h"
#include "crawler/database_files.h"
#include "crawler/file_draft.h"
#include "crawler/write_all.h"
#include "storage/database.h"
#include "storage/schema.h"

namespace cmd {
namespace {

namespace fs = std::filesystem;

/// Hardly seen: the signal that was held ends the process as it is let through.
constexpr int kStopped = 130;

storage::Database open(const fs::path& database) {
  try {
    return storage::open_database_for_reading(database);
  } catch (const storage::DatabaseError& error) {
    throw BadExport(error.what());
  }
}

/// Elsewhere -o names the database, and the file that is named here is replaced.
void refuse_database(const fs::path& file, const fs::path& exported) {
  constexpr std::string_view magic = "SQLite format 3";
  std::array<char, magic.size()> begin = {};
  std::ifstream(file, std::ios::binary).read(begin.data(), static_cast<std::streamsize>(begin.size()));
  if (std::string_view(begin.data(), begin.size()) == magic || crawler::belongs_to_database(file, exported))
    throw BadExport(
        file.native() +
        " is a database or a part of one, which an export would replace: name another file with -o");
}

class OpenFile {
 public:
  explicit OpenFile(const fs::path& file)
      : name_(file), descriptor_(::open(file.c_str(), O_WRONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), name_);
  }
  ~OpenFile() { close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  void write(std::string_view text) const { crawler::write_all(descriptor_, text, name_); }

 private:
  std::string name_;
  int descriptor_;
};

int export_to_standard_output(storage::Database& database, const ExportOptions& options) {
  export_pages(database, options, [](std::string_view text) {
    crawler::write_all(STDOUT_FILENO, text, "standard output");
    return true;
  });
  return 0;
}

int export_to_device(storage::Database& database, const ExportOptions& options) {
  const OpenFile file(*options.output);
  export_pages(database, options, [&](std::string_view text) {
    file.write(text);
    return true;
  });
  return 0;
}

int export_to_file(storage::Database& database, const ExportOptions& options) {
  refuse_database(*options.output, options.database);
  const HeldSignals held;
  crawler::FileDraft draft(*options.output);
  // A row of a hostile database may take for ever.
  const auto has_signal = [&held] { return held.has_come(); };
  const storage::Interruption interruption(database, has_signal);
  const bool is_whole = export_pages(database, options, [&](std::string_view text) {
    draft.write(text);
    return !held.has_come();
  });
  if (!is_whole) return kStopped;
  draft.put_in_place();
  return 0;
}

}  // namespace

int run_export(const ExportOptions& options) {
  // As for other programs: `crawl export crawl.db | head` is no failure to tell of.
  signal(SIGPIPE, SIG_DFL);
  storage::Database database = open(options.database);
  if (!options.output) return export_to_standard_output(database, options);
  std::error_code unknown;
  const fs::file_status status = fs::status(*options.output, unknown);
  const bool is_device = fs::exists(status) && !fs::is_regular_file(status);
  return is_device ? export_to_device(database, options) : export_to_file(database, options);
}

}  // namespace cmd
