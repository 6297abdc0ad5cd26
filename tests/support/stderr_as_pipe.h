// Standard error as a pipe that the test may read, fill, or leave unread.
//
//   const StderrAsPipe err;
//   std::cerr << "a line\n";
//   EXPECT_EQ(err.text(), "a line\n");
//
// Contract: for as long as it lives; one at a time. text() does not wait.
#pragma once

#include <fcntl.h>
#include <string>
#include <sys/types.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace test_support {

class StderrAsPipe {
 public:
  StderrAsPipe() {
    EXPECT_EQ(pipe(ends_), 0);
    fcntl(ends_[0], F_SETFL, O_NONBLOCK);
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
  /// Takes out what is in it.
  std::string text() const {
    std::string text(1 << 16, '\0');
    const ssize_t got = read(ends_[0], text.data(), text.size());
    text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return text;
  }

 private:
  int before_ = dup(STDERR_FILENO);
  int ends_[2] = {-1, -1};
};

}  // namespace test_support
