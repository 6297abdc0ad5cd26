// The options that say how a URL is fetched: those of a crawl and of `crawl get`.
//
//   add_fetch_options(app, config);
//
// Contract: every value is checked. The config outlives the parsing.
#pragma once

#include <CLI/CLI.hpp>

#include "crawler/config.h"

namespace cmd {

void add_fetch_options(CLI::App& app, crawler::Config& config);

}  // namespace cmd
