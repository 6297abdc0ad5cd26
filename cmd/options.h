// From the command line to what is to be done: no I/O but for the message.
//
//   const std::expected<Command, int> command = read_command(argc, argv);
//   if (!command) return command.error();    // --help, --version: 0; bad usage: 2, and stderr says why
//
// Contract: every value is checked here; what comes out can be run as it is.
#pragma once

#include <expected>

#include "cmd/export_options.h"
#include "crawler/config.h"

namespace cmd {

enum class Action { crawl, demo, get, export_pages };
enum class ProgressLine { when_terminal, always, never };

struct Command {
  Action action = Action::crawl;
  crawler::Config config;
  ExportOptions export_options;
  ProgressLine progress = ProgressLine::when_terminal;
  bool is_quiet = false;
  bool is_verbose = false;
};

std::expected<Command, int> read_command(int argc, const char* const* argv);

}  // namespace cmd
