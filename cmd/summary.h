// What the program says at the end of a run.
//
// Contract: pure text; lines end in '\n'. The short form is one line, for cron: only worth printing when the
// exit code is not 0.
#pragma once

#include <string>

#include "crawler/config.h"
#include "crawler/run_outcome.h"
#include "crawler/run_report.h"

namespace cmd {

std::string summary(const crawler::Config& config, const crawler::RunOutcome& outcome,
                    const crawler::RunReport& report);
std::string short_summary(const crawler::Config& config, const crawler::RunOutcome& outcome,
                          const crawler::RunReport& report);

}  // namespace cmd
