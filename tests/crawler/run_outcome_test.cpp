#include "crawler/run_outcome.h"

#include <signal.h>

#include <gtest/gtest.h>

namespace crawler {
namespace {

using storage::RunState;

int exit_code(RunEnding ending, int signal = 0) {
  const RunOutcome outcome{.ending = ending, .signal = signal, .failure = {}, .other_mode = {}};
  return outcome.exit_code(RunReport(), FailureAllowance());
}

/// Of a run that finished.
int exit_code(std::int64_t failed, std::int64_t listed, FailureAllowance allowance) {
  RunReport report;
  report.listed_failed = failed;
  report.listed_ok = listed - failed;
  return RunOutcome().exit_code(report, allowance);
}

RunState state(RunEnding ending) {
  return RunOutcome{.ending = ending, .signal = 0, .failure = {}, .other_mode = {}}.state();
}

TEST(RunOutcome, HasAnExitCodeForEachEnding) {
  EXPECT_EQ(exit_code(RunEnding::finished), 0);
  EXPECT_EQ(exit_code(RunEnding::bad_input), 2);
  EXPECT_EQ(exit_code(RunEnding::failed), 3);
  EXPECT_EQ(exit_code(RunEnding::in_use), 4);
  EXPECT_EQ(exit_code(RunEnding::limited), 5);
  EXPECT_EQ(exit_code(RunEnding::failed_fast), 6);
}

TEST(RunOutcome, HasTheShellsExitCodeForASignal) {
  EXPECT_EQ(exit_code(RunEnding::signalled, SIGHUP), 129);
  EXPECT_EQ(exit_code(RunEnding::signalled, SIGINT), 130);
  EXPECT_EQ(exit_code(RunEnding::signalled, SIGTERM), 143);
}

TEST(RunOutcome, IsWellWithAsManyFailuresAsAllowed) {
  EXPECT_EQ(exit_code(0, 10, {}), 0);
  EXPECT_EQ(exit_code(1, 10, {}), 1);
  EXPECT_EQ(exit_code(3, 10, {.value = 3}), 0);
  EXPECT_EQ(exit_code(4, 10, {.value = 3}), 1);
}

TEST(RunOutcome, IsWellWithAsLargeAShareOfFailuresAsAllowed) {
  EXPECT_EQ(exit_code(3, 150, {.value = 2, .is_percentage = true}), 0);
  EXPECT_EQ(exit_code(4, 150, {.value = 2, .is_percentage = true}), 1);
  for (int percent = 0; percent < 100; ++percent) {
    const FailureAllowance allowance{.value = static_cast<double>(percent), .is_percentage = true};
    EXPECT_EQ(exit_code(percent, 100, allowance), 0) << percent;
    EXPECT_EQ(exit_code(percent + 1, 100, allowance), 1) << percent;
  }
}

TEST(RunOutcome, IsWellWithoutAnyUrl) {
  EXPECT_EQ(exit_code(0, 0, {}), 0);
  EXPECT_EQ(exit_code(0, 0, {.value = 0, .is_percentage = true}), 0);
}

TEST(RunOutcome, LeavesARunToResumeUnlessItFinished) {
  EXPECT_EQ(state(RunEnding::finished), RunState::finished);
  EXPECT_EQ(state(RunEnding::limited), RunState::stopped);
  EXPECT_EQ(state(RunEnding::failed_fast), RunState::stopped);
  EXPECT_EQ(state(RunEnding::signalled), RunState::stopped);
  EXPECT_EQ(state(RunEnding::failed), RunState::failed);
  EXPECT_EQ(state(RunEnding::bad_input), RunState::failed);
}

}  // namespace
}  // namespace crawler
