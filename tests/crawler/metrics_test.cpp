#include "crawler/metrics.h"

#include <concepts>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/async_with.h"
#include "crawler/async/clock.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "tests/support/stderr_as_pipe.h"
#include "tests/support/temp_dir.h"

namespace crawler {
namespace {

namespace fs = std::filesystem;
using async::sleep;
using async::Task;
using namespace std::chrono_literals;
using test_support::StderrAsPipe;
using test_support::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string read_all(std::istream& stream) { return {std::istreambuf_iterator<char>(stream), {}}; }

/// A run in virtual time: it stands still while a thread writes.
class MetricsTest : public testing::Test {
 protected:
  MetricsTest() {
    config_.database = "/nowhere/crawl.db";
    config_.metrics = file_;
  }

  /// Runs the body as the crawl that the file tells of.
  void keep(const std::invocable auto& body) {
    async::VirtualClock clock;
    async::EventLoop loop(clock);
    async::run(loop, keep_in_loop(body));
  }
  void keep_for_no_time() {
    keep([]() -> Task<> { co_return; });
  }

  std::string text() const {
    std::ifstream stream(file_);
    return read_all(stream);
  }
  /// Of a metric without labels of its own, or that with `labels`.
  std::string sample(const std::string& name, const std::string& labels = "") const {
    std::ifstream stream(file_);
    const std::string series =
        name + "{database=\"" + config_.database.native() + '"' + (labels.empty() ? "" : "," + labels) + "} ";
    for (std::string line; std::getline(stream, line);)
      if (line.starts_with(series)) return line.substr(series.size());
    return "none";
  }
  std::string ok() const { return sample("crawl_pages_total", R"(outcome="ok")"); }

  std::vector<std::string> names_in_directory() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(dir_.path())) names.push_back(entry.path().filename());
    return names;
  }

  test_support::TempDir dir_;
  fs::path file_ = dir_.path() / "crawl.prom";
  Config config_;
  RunReport report_;
  RunOutcome outcome_;

 private:
  template <class Body>
  Task<> keep_in_loop(const Body& body) {
    Metrics metrics(config_, report_, outcome_);
    co_await async::async_with(std::move(metrics), [&](Metrics&) { return body(); });
  }
};

TEST_F(MetricsTest, AreThereFromTheStart) {
  keep([&]() -> Task<> {
    EXPECT_EQ(ok(), "0");
    EXPECT_EQ(sample("crawl_run_exit_code"), "none");
    EXPECT_EQ(sample("crawl_run_end_timestamp_seconds"), "none");
    co_return;
  });
}

TEST_F(MetricsTest, AreRewrittenAfterTenSecondsAndNotBefore) {
  keep([&]() -> Task<> {
    report_.ok = 1;
    co_await sleep(9'999ms);
    EXPECT_EQ(ok(), "0");
    co_await sleep(2ms);
    EXPECT_EQ(ok(), "1");
    report_.ok = 2;
    co_await sleep(9'998ms);
    EXPECT_EQ(ok(), "1");
    co_await sleep(2ms);
    EXPECT_EQ(ok(), "2");
  });
}

TEST_F(MetricsTest, TellAtTheEndHowTheRunEnded) {
  keep([&]() -> Task<> {
    report_.ok = 7;
    outcome_.ending = RunEnding::limited;
    co_return;
  });
  EXPECT_EQ(ok(), "7");
  EXPECT_EQ(sample("crawl_run_exit_code"), "5");
  EXPECT_NE(sample("crawl_run_end_timestamp_seconds"), "none");
}

TEST_F(MetricsTest, TellWhetherMoreFailedThanMay) {
  report_.listed_failed = 2;
  keep_for_no_time();
  EXPECT_EQ(sample("crawl_run_exit_code"), "1");
  config_.max_failed.value = 2;
  keep_for_no_time();
  EXPECT_EQ(sample("crawl_run_exit_code"), "0");
}

TEST_F(MetricsTest, EndWithTheLastFiguresWhateverWasBeingWritten) {
  keep([&]() -> Task<> {
    co_await sleep(10s);
    report_.ok = 7;
  });
  EXPECT_EQ(ok(), "7");
  EXPECT_EQ(sample("crawl_run_exit_code"), "0");
  EXPECT_THAT(names_in_directory(), ElementsAre("crawl.prom"));
}

TEST_F(MetricsTest, TellOfARunThatAnExceptionEnded) {
  const auto fail = []() -> Task<> {
    co_await sleep(1s);
    throw std::runtime_error("a bug");
  };
  EXPECT_THROW(keep(fail), std::runtime_error);
  EXPECT_EQ(sample("crawl_run_exit_code"), "3");
}

TEST_F(MetricsTest, AreWholeForWhoHasTheFileOpen) {
  keep([&]() -> Task<> {
    std::ifstream reader(file_);
    std::string seen(100, '\0');
    reader.read(seen.data(), 100);
    const std::string old_text = text();
    report_.ok = 123'456;
    co_await sleep(11s);
    EXPECT_EQ(ok(), "123456");
    EXPECT_EQ(seen + read_all(reader), old_text);
  });
}

TEST_F(MetricsTest, LeaveNothingBesideTheirFile) {
  keep([&]() -> Task<> {
    co_await sleep(25s);
    EXPECT_THAT(names_in_directory(), ElementsAre("crawl.prom"));
  });
  EXPECT_THAT(names_in_directory(), ElementsAre("crawl.prom"));
}

TEST_F(MetricsTest, MayTakeThePlaceOfEarlierOnes) {
  keep_for_no_time();
  outcome_.ending = RunEnding::failed_fast;
  keep_for_no_time();
  EXPECT_EQ(sample("crawl_run_exit_code"), "6");
}

TEST_F(MetricsTest, GoToTheTargetOfALink) {
  fs::create_symlink(file_, dir_.path() / "link.prom");
  write_file(file_, "");
  config_.metrics = dir_.path() / "link.prom";
  keep_for_no_time();
  EXPECT_TRUE(fs::is_symlink(*config_.metrics));
  EXPECT_EQ(sample("crawl_run_exit_code"), "0");
}

// node_exporter is another user: under a umask of 077 it could not read them.
TEST_F(MetricsTest, MayBeReadByOthers) {
  const mode_t before = umask(077);
  keep_for_no_time();
  umask(before);
  const fs::perms readable = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  EXPECT_EQ(fs::status(file_).permissions() & readable, readable);
}

TEST_F(MetricsTest, MayBeOff) {
  config_.metrics.reset();
  keep_for_no_time();
  EXPECT_TRUE(fs::is_empty(dir_.path()));
}

TEST_F(MetricsTest, TellOnceThatTheyCannotBeWrittenAndGoOn) {
  const StderrAsPipe err;
  keep([&]() -> Task<> {
    fs::rename(dir_.path(), dir_.path().native() + ".away");
    co_await sleep(35s);
    const std::string told = err.text();
    EXPECT_THAT(told, StartsWith("crawl: metrics cannot be written to " + file_.native() + ": No such"));
    EXPECT_THAT(told, testing::MatchesRegex("[^\n]+\n"));
    fs::rename(dir_.path().native() + ".away", dir_.path());
    co_await sleep(10s);
    EXPECT_EQ(sample("crawl_metrics_write_failures_total"), "3");
  });
  EXPECT_EQ(err.text(), "");
}

TEST_F(MetricsTest, RemoveWhatCannotTakeThePlaceOfTheFile) {
  const StderrAsPipe err;
  keep([&]() -> Task<> {
    fs::remove(file_);
    fs::create_directory(file_);
    co_await sleep(11s);
    EXPECT_THAT(names_in_directory(), ElementsAre("crawl.prom"));
  });
  EXPECT_THAT(err.text(), HasSubstr("Is a directory"));
  EXPECT_THAT(names_in_directory(), ElementsAre("crawl.prom"));
}

class BadMetricsTest : public MetricsTest {
 protected:
  /// What is said of the file, before any work.
  std::string refusal() {
    bool has_begun = false;
    const auto note = [&]() -> Task<> {
      has_begun = true;
      co_return;
    };
    try {
      keep(note);
    } catch (const BadMetricsFile& error) {
      EXPECT_FALSE(has_begun);
      return error.what();
    }
    return "none";
  }
};

TEST_F(BadMetricsTest, AreInADirectoryThatDoesNotExist) {
  config_.metrics = dir_.path() / "none" / "crawl.prom";
  EXPECT_THAT(refusal(),
              StartsWith("metrics cannot be written to " + config_.metrics->native() + ": No such file"));
}

TEST_F(BadMetricsTest, AreADirectory) {
  fs::create_directory(file_);
  EXPECT_THAT(refusal(), HasSubstr("no file that can be replaced"));
}

TEST_F(BadMetricsTest, AreAPipe) {
  ASSERT_EQ(mkfifo(file_.c_str(), 0600), 0);
  EXPECT_THAT(refusal(), HasSubstr("no file that can be replaced"));
  EXPECT_TRUE(fs::is_fifo(file_));
}

// The list, or the database: one slip of the hand had put figures in its place.
TEST_F(BadMetricsTest, AreAFileThatHoldsSomethingElse) {
  write_file(file_, "http://example.com/\n");
  EXPECT_THAT(refusal(), HasSubstr("holds something else"));
  EXPECT_EQ(text(), "http://example.com/\n");
}

}  // namespace
}  // namespace crawler
