#include "cmd/progress.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "tests/support/stderr_as_pipe.h"

namespace cmd {
namespace {

using crawler::async::Task;
using namespace std::chrono_literals;

void show_progress_for_a_while() {
  const auto body = []() -> Task<> {
    const crawler::RunReport report;
    co_await crawler::async::async_with(Progress(report, true),
                                        [](Progress&) -> Task<> { co_await crawler::async::sleep(500ms); });
  };
  crawler::async::run(body());
}

TEST(Progress, IsRewrittenAndWipedAtTheEnd) {
  const test_support::StderrAsPipe err;
  show_progress_for_a_while();
  const std::string text = err.text();
  EXPECT_NE(text.find("0 done"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\033[K"));
}

// A terminal paused with Ctrl-S, or a reader that had stopped, stopped the loop: no transfer, no signal.
TEST(Progress, NeverWaitsForItsReader) {
  const test_support::StderrAsPipe err;
  err.fill();
  show_progress_for_a_while();
}

}  // namespace
}  // namespace cmd
