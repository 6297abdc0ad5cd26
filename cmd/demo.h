// `crawl demo`: a small web on loopback, crawled concurrently and sequentially, and the speed-up.
#pragma once

#include "cmd/options.h"
#include "crawler/async/task.h"

namespace cmd {

/// Gives the exit code. Takes some 8 seconds; leaves nothing behind.
crawler::async::Task<int> run_demo(const Command& command);

}  // namespace cmd
