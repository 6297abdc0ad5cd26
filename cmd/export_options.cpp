#include "cmd/export_options.h"

#include <map>
#include <string>

#include <CLI/CLI.hpp>

namespace cmd {
namespace {

constexpr const char* kFooter = R"(
Examples:
  crawl export crawl.db | jq -r 'select(.status == 200) | .title'
  crawl export crawl.db --format csv -o pages.csv
  crawl export crawl.db --each -o items.jsonl

Exit codes:
  0 well   2 bad usage, or a database that cannot be read   3 the disk, or a write that failed)";

}  // namespace

CLI::App* add_export(CLI::App& app, ExportOptions& options) {
  CLI::App* command = app.add_subcommand("export", "write what a database holds as JSON Lines or CSV");
  command->footer(kFooter);
  command->add_option("DB", options.database, "the database of a crawl, which may still run")
      ->required()
      ->option_text(" ");
  const std::map<std::string, ExportFormat> formats = {{"jsonl", ExportFormat::json_lines},
                                                       {"csv", ExportFormat::csv}};
  command->add_option("--format", options.format, "jsonl or csv (jsonl)")
      ->transform(CLI::CheckedTransformer(formats))
      ->option_text("FORMAT");
  command
      ->add_option_function<std::string>(
          "-o,--output",
          [&options](const std::string& file) {
            if (file.empty()) throw CLI::ValidationError("--output", "give the name of a file");
            if (file != "-") options.output = file;
          },
          "a file, put in place when it is whole (-: standard output)")
      ->option_text("FILE");
  CLI::Option* each = command
                          ->add_flag("--each", options.is_each,
                                     "a row for each item that crawl --each found, not for each page")
                          ->option_text(" ");
  command->add_flag("--links", options.has_links, "each page's links too, in JSON Lines")
      ->excludes(each)
      ->option_text(" ");
  command->final_callback([&options] {
    if (options.has_links && options.format == ExportFormat::csv)
      throw CLI::ValidationError("--links", "only for --format jsonl");
  });
  return command;
}

}  // namespace cmd
