// What `crawl export` is asked for.
#pragma once

#include <filesystem>
#include <optional>

namespace CLI {
class App;
}

namespace cmd {

enum class ExportFormat { json_lines, csv };

struct ExportOptions {
  std::filesystem::path database;
  ExportFormat format = ExportFormat::json_lines;
  std::optional<std::filesystem::path> output;  // standard output if there is none
  bool is_each = false;                         // a row for each item of --each, not for each page
  bool has_links = false;
};

/// The subcommand; its options are read into `options`.
CLI::App* add_export(CLI::App& app, ExportOptions& options);

}  // namespace cmd
