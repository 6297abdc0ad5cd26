// Runs one crawl and tells how it went: what the program does when it is given a list.
#pragma once

#include "cmd/options.h"
#include "crawler/async/task.h"

namespace cmd {

/// Gives the exit code.
crawler::async::Task<int> run_crawl(const Command& command);

}  // namespace cmd
