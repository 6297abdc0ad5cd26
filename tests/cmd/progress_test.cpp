#include "cmd/progress.h"

#include <chrono>
#include <fcntl.h>
#include <string>
#include <sys/types.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"

namespace cmd {
namespace {

using crawler::async::Task;
using namespace std::chrono_literals;

/// Standard error as a pipe, for as long as it lives.
class StderrAsPipe {
 public:
  StderrAsPipe() {
    EXPECT_EQ(pipe(ends_), 0);
    dup2(ends_[1], STDERR_FILENO);
  }
  ~StderrAsPipe() {
    dup2(before_, STDERR_FILENO);
    for (const int fd : {before_, ends_[0], ends_[1]}) close(fd);
  }
  StderrAsPipe(const StderrAsPipe&) = delete;
  StderrAsPipe& operator=(const StderrAsPipe&) = delete;

  void fill() const {
    const std::string bytes(4096, 'x');
    fcntl(ends_[1], F_SETFL, O_NONBLOCK);
    while (write(ends_[1], bytes.data(), bytes.size()) > 0) {
    }
    fcntl(ends_[1], F_SETFL, 0);
  }
  std::string text() const {
    std::string text(4096, '\0');
    const ssize_t got = read(ends_[0], text.data(), text.size());
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

 private:
  int before_ = dup(STDERR_FILENO);
  int ends_[2] = {-1, -1};
};

void show_progress_for_a_while() {
  const auto body = []() -> Task<> {
    const crawler::RunReport report;
    co_await crawler::async::async_with(Progress(report, true),
                                        [](Progress&) -> Task<> { co_await crawler::async::sleep(500ms); });
  };
  crawler::async::run(body());
}

TEST(Progress, IsRewrittenAndWipedAtTheEnd) {
  const StderrAsPipe err;
  show_progress_for_a_while();
  const std::string text = err.text();
  EXPECT_NE(text.find("0 done"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\r\033[K"));
}

// A terminal paused with Ctrl-S, or a reader that had stopped, stopped the loop: no transfer, no signal.
TEST(Progress, NeverWaitsForItsReader) {
  const StderrAsPipe err;
  err.fill();
  show_progress_for_a_while();
}

}  // namespace
}  // namespace cmd
