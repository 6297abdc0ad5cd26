// `crawl get URL`: one page as JSON, or what the selectors find on it; no database.
#pragma once

#include "cmd/options.h"
#include "crawler/async/task.h"

namespace cmd {

/// Gives the exit code: 1 where the page did not come, or came with a status of 400 and more.
crawler::async::Task<int> get_page(const Command& command);

}  // namespace cmd
