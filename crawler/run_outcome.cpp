#include "crawler/run_outcome.h"

#include <utility>

namespace crawler {

int RunOutcome::exit_code(const RunReport& report, const FailureAllowance& max_failed) const {
  switch (ending) {
    case RunEnding::signalled:
      return 128 + signal;
    case RunEnding::failed:
      return 3;
    case RunEnding::failed_fast:
      return 6;
    case RunEnding::limited:
      return 5;
    case RunEnding::bad_input:
      return 2;
    case RunEnding::in_use:
      return 4;
    case RunEnding::finished:
      return max_failed.covers(report.listed_failed, report.listed()) ? 0 : 1;
  }
  std::unreachable();
}

storage::RunState RunOutcome::state() const {
  switch (ending) {
    case RunEnding::finished:
      return storage::RunState::finished;
    case RunEnding::limited:
    case RunEnding::failed_fast:
    case RunEnding::signalled:
      return storage::RunState::stopped;
    default:
      return storage::RunState::failed;
  }
}

}  // namespace crawler
