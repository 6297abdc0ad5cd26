// A standard stream that is written to without being held up by who does not read it.
//
//   const Output out(STDOUT_FILENO);
//   text.remove_prefix(out.write_some(text, 50ms));     // 0: there was no room for so long
//
// Contract: any thread. A pipe takes what it has room for, and so does a terminal: a blocking write to one
// that nobody reads would wait for all of it, so the terminal is opened anew, without touching the flags that
// the descriptor shares with the shell. A file takes all. Throws std::system_error where writing fails.
// Source: poll(2), pipe(7), tty(4)
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace crawler {

class Output {
 public:
  explicit Output(int descriptor);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// How much of it was written before there was no more room, once there was some.
  std::size_t write_some(std::string_view text, std::chrono::milliseconds at_most) const;

 private:
  int reopened_;  // -1: what was given is used
  int descriptor_;
};

}  // namespace crawler
