// `crawl export DB`: what a database holds, as JSON Lines or CSV on standard output or in a file.
//
// Contract: takes a while and needs no event loop. Whoever stops reading standard output ends the process
// by SIGPIPE, without a word. A file is put in place when it is whole; until then, and for good if the export
// fails or is stopped, there is what was there before. A device or a named pipe is written to as it is.
#pragma once

#include "cmd/export_options.h"

namespace cmd {

/// Gives the exit code. Throws BadExport for what cannot be exported, and storage::DatabaseError and
/// std::system_error for what fails on the way.
int run_export(const ExportOptions& options);

}  // namespace cmd
