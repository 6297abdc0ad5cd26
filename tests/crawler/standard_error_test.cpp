#include "crawler/standard_error.h"

#include <chrono>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/stderr_as_pipe.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;

/// More than a pipe holds; no two pieces of it are alike.
std::string long_text() {
  std::string text;
  for (int line = 0; text.size() < 1'000'000; ++line) text += "line " + std::to_string(line) + "\n";
  return text;
}

TEST(StandardError, TakesALongTextAsItIsRead) {
  const test_support::StderrAsPipe err;
  const std::string text = long_text();
  std::jthread printer([&] { print_in_time(text, 30s); });
  std::string read;
  while (read.size() < text.size()) read += err.text();
  EXPECT_TRUE(read == text);
}

TEST(StandardError, LosesWhatNobodyReads) {
  const test_support::StderrAsPipe err;
  const std::string text = long_text();
  print_in_time(text, 0ms);
  const std::string read = err.text();
  EXPECT_GT(read.size(), 4096U);
  EXPECT_TRUE(text.starts_with(read));
}

TEST(StandardError, IsWaitedForNoLongerThanToldTo) {
  const test_support::StderrAsPipe err;
  err.fill();
  print_in_time("a line\n", 20ms);
  EXPECT_THAT(err.text(), testing::Not(testing::HasSubstr("a line")));
}

}  // namespace
}  // namespace crawler
