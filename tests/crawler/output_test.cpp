#include "crawler/output.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <system_error>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/file_descriptor.h"

namespace crawler {
namespace {

using std::chrono_literals::operator""ms;
using test_support::FileDescriptor;

/// A terminal that nobody reads.
struct Terminal {
  Terminal() : screen(FileDescriptor::checked(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "posix_openpt")) {
    if (grantpt(screen.get()) != 0 || unlockpt(screen.get()) != 0) throw std::runtime_error("no terminal");
    line = FileDescriptor::checked(open(ptsname(screen.get()), O_RDWR | O_NOCTTY | O_CLOEXEC), "open");
  }

  FileDescriptor screen;
  FileDescriptor line;
};

/// How much is written until there is no room.
std::size_t fill(const Output& output) {
  const std::string text(1'000, 'x');
  std::size_t written = 0;
  for (std::size_t some = 1; some > 0; written += some) some = output.write_some(text, 20ms);
  return written;
}

TEST(Output, IsNotHeldUpByATerminalThatNobodyReads) {
  const Terminal terminal;
  const Output output(terminal.line.get());
  EXPECT_GT(fill(output), 0U);
}

TEST(Output, LeavesTheFlagsOfATerminalAlone) {
  const Terminal terminal;
  const Output output(terminal.line.get());
  EXPECT_EQ(fcntl(terminal.line.get(), F_GETFL) & O_NONBLOCK, 0);
}

TEST(Output, TakesWhatAPipeHasRoomFor) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const FileDescriptor out(ends[0]);
  const FileDescriptor in(ends[1]);
  const Output output(in.get());
  EXPECT_GT(fill(output), 4'000U);
  std::array<char, 4096> buffer;
  ASSERT_EQ(read(out.get(), buffer.data(), buffer.size()), 4096);
  EXPECT_GT(output.write_some("more", 1'000ms), 0U);
}

TEST(Output, TellsThatTheReaderIsGone) {
  signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  close(ends[0]);
  const FileDescriptor in(ends[1]);
  EXPECT_THROW(Output(in.get()).write_some("text", 20ms), std::system_error);
}

}  // namespace
}  // namespace crawler
