// How a run ended, and what the program's exit code says of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "crawler/config.h"
#include "crawler/run_report.h"
#include "storage/run_store.h"

namespace crawler {

enum class RunEnding {
  finished,
  limited,      // --time-limit or --max-pages, with work left
  failed_fast,  // --fail-fast
  signalled,
  failed,     // the database, the disk, a bug
  bad_input,  // a list that cannot be read (on)
  in_use,     // another run holds the database
};

struct RunOutcome {
  RunEnding ending = RunEnding::finished;
  int signal = 0;
  std::string failure;  // for people; empty if the run did not fail
  /// How long the same list took in the other mode, if it was fetched so before.
  std::optional<std::chrono::milliseconds> other_mode;

  int exit_code(const RunReport& report, const FailureAllowance& max_failed) const;
  storage::RunState state() const;
};

}  // namespace crawler
