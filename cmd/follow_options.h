// --follow and what goes with it: how a crawl goes on from the listed URLs, and how politely.
//
//   crawler::Following following;
//   add_follow_options(app, following, config);
//   …                                                  // the command line is read
//   apply_follow_options(app, following, config);      // config.following, and what else --follow changes
//
// Contract: every value is checked; what means something with --follow alone is bad usage without it.
// `following` and the config outlive the parsing. `app` has an option --store.
#pragma once

#include <CLI/CLI.hpp>

#include "crawler/config.h"

namespace cmd {

void add_follow_options(CLI::App& app, crawler::Following& following, crawler::Config& config);

void apply_follow_options(const CLI::App& app, const crawler::Following& following, crawler::Config& config);

}  // namespace cmd
