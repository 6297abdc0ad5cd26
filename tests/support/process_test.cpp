#include "tests/support/process.h"

#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace test_support {
namespace {

using namespace std::chrono_literals;

Process shell(const std::string& script) {
  return Process({.program = "/bin/sh", .arguments = {"-c", script}});
}

TEST(ProcessExit, IsTheCodeOfTheProgram) { EXPECT_EQ(shell("exit 7").wait(10s), 7); }

TEST(ProcessExit, IsToldAsAShellTellsASignal) { EXPECT_EQ(shell("kill -HUP $$").wait(10s), 128 + SIGHUP); }

TEST(ProcessExit, IsUnknownWhileTheProgramRuns) {
  Process cat({.program = "/bin/cat"});
  EXPECT_EQ(cat.wait(10ms), std::nullopt);
  cat.close_stdin();
  EXPECT_EQ(cat.wait(10s), 0);
}

TEST(ProcessStreams, AreKeptApart) {
  Process process = shell("echo one; echo two >&2");
  EXPECT_EQ(process.wait(10s), 0);
  EXPECT_EQ(process.out(), "one\n");
  EXPECT_EQ(process.err(), "two\n");
}

TEST(ProcessStreams, TakeMoreThanAPipeHolds) {
  Process process = shell("head -c 1000000 /dev/zero");
  EXPECT_EQ(process.wait(10s), 0);
  EXPECT_EQ(process.out().size(), 1'000'000u);
}

TEST(ProcessInput, ReachesTheProgramWhileItRuns) {
  Process cat({.program = "/bin/cat"});
  cat.write("first\n");
  cat.write("second\n");
  cat.close_stdin();
  EXPECT_EQ(cat.wait(10s), 0);
  EXPECT_EQ(cat.out(), "first\nsecond\n");
}

TEST(ProcessInput, MayComeFromAFile) {
  const TempDir dir;
  write_file(dir.path() / "in", "from a file");
  Process cat({.program = "/bin/cat", .stdin_file = dir.path() / "in"});
  EXPECT_EQ(cat.wait(10s), 0);
  EXPECT_EQ(cat.out(), "from a file");
}

TEST(ProcessInput, IsLostOnAProgramThatHasEnded) {
  Process process = shell("exit 0");
  EXPECT_EQ(process.wait(10s), 0);
  process.write("nobody reads this");
}

TEST(ProcessSignal, ReachesTheProgram) {
  Process cat({.program = "/bin/cat"});
  cat.signal(SIGTERM);
  EXPECT_EQ(cat.wait(10s), 128 + SIGTERM);
}

TEST(ProcessLimit, MakesWritesOfLargeFilesFail) {
  const TempDir dir;
  Process process({.program = "/bin/sh",
                   .arguments = {"-c", "head -c 100000 /dev/zero > big"},
                   .directory = dir.path(),
                   .file_size_limit = 10'000});
  EXPECT_NE(process.wait(10s), 0);
  EXPECT_LE(std::filesystem::file_size(dir.path() / "big"), 10'000u);
}

TEST(ProcessStart, ThrowsForAProgramThatIsNotThere) {
  EXPECT_THROW(Process({.program = "/no/such/program"}), std::system_error);
}

}  // namespace
}  // namespace test_support
