// A program run as its user would run it: arguments, standard streams, signals, exit code.
//
//   Process crawl({.program = "/usr/bin/cat", .arguments = {"-"}});
//   crawl.write("a line\n");
//   crawl.close_stdin();
//   EXPECT_EQ(crawl.wait(5s), 0);
//   EXPECT_EQ(crawl.out(), "a line\n");
//
// Contract: for one thread. What the program prints is read at all times, and kept up to kMaxOutput a stream.
// A program that still runs is killed by the destructor. Failures to start throw std::system_error.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "tests/support/file_descriptor.h"

namespace test_support {

struct Command {
  std::string program{};
  std::vector<std::string> arguments{};
  std::filesystem::path directory{};                // where it runs; here when empty
  std::filesystem::path stdin_file{};               // its standard input; a pipe when empty
  std::optional<std::uint64_t> file_size_limit{};   // writing a file beyond it fails, as on a full disk
  std::optional<std::uint64_t> descriptor_limit{};  // it can't be raised
};

class Process {
 public:
  static constexpr std::size_t kMaxOutput = 16 * 1024 * 1024;

  explicit Process(const Command& command);
  Process(Process&&) noexcept;
  ~Process();

  /// Into its standard input; what a program that has ended leaves unread is lost.
  void write(std::string_view text);
  void close_stdin() { stdin_.reset(); }
  void signal(int number);

  /// The exit code as a shell tells it (128 + N after signal N); nullopt when it still runs after `limit`.
  std::optional<int> wait(std::chrono::milliseconds limit);

  /// What it printed so far; all of it once wait() gave a code.
  std::string out() const;
  std::string err() const;

 private:
  class Collector;

  pid_t pid_ = -1;
  FileDescriptor pidfd_;
  FileDescriptor stdin_;
  std::unique_ptr<Collector> out_;
  std::unique_ptr<Collector> err_;
  std::optional<int> exit_code_;
};

}  // namespace test_support
