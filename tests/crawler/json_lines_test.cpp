#include "crawler/json_lines.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/run.h"
#include "tests/support/file_descriptor.h"

namespace crawler {
namespace {

using std::chrono_literals::operator""ms;
using testing::ElementsAre;
using testing::StartsWith;
using testing::ThrowsMessage;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    out = test_support::FileDescriptor(ends[0]);
    in = test_support::FileDescriptor(ends[1]);
  }
  std::string read_all() {
    in.reset();
    std::string text;
    std::array<char, 4096> buffer;
    for (ssize_t got = 0; (got = read(out.get(), buffer.data(), buffer.size())) > 0;)
      text.append(buffer.data(), static_cast<std::size_t>(got));
    return text;
  }

  test_support::FileDescriptor out;
  test_support::FileDescriptor in;
};

storage::PageOutcome page(std::string url) {
  storage::PageOutcome page;
  page.url = std::move(url);
  page.at = "now";
  return page;
}

Commit batch(const std::vector<std::string>& urls) {
  Commit made;
  for (const std::string& url : urls) made.rows.pages.push_back(page(url));
  return made;
}

/// More than any pipe holds.
Commit large_batch() {
  Commit made = batch({"http://a.example/"});
  made.rows.pages.front().content.emplace().text = std::string(std::size_t{4} << 20, 'x');
  return made;
}

TEST(JsonLines, ArePrintedInTheirOrder) {
  Pipe pipe;
  JsonLines lines(pipe.in.get(), false);
  async::run(lines.commit(batch({"http://b.example/", "http://a.example/"})));
  async::run(lines.commit(batch({"http://c.example/"})));
  const std::string printed = pipe.read_all();
  EXPECT_THAT(printed, StartsWith(R"({"url":"http://b.example/")"));
  EXPECT_LT(printed.find("\n{\"url\":\"http://a.example/\""),
            printed.find("\n{\"url\":\"http://c.example/\""));
}

TEST(JsonLines, KnowWhatTheyPrinted) {
  Pipe pipe;
  JsonLines lines(pipe.in.get(), false);
  async::run(lines.commit(batch({"http://a.example/"})));
  EXPECT_THAT(async::run(lines.are_done({"http://b.example/", "http://a.example/"})),
              ElementsAre(false, true));
}

TEST(JsonLines, EndWhenTheReaderIsGone) {
  Pipe pipe;
  signal(SIGPIPE, SIG_IGN);
  JsonLines lines(pipe.in.get(), false);
  pipe.out.reset();
  EXPECT_THAT([&] { async::run(lines.commit(batch({"http://a.example/"}))); },
              ThrowsMessage<std::runtime_error>(StartsWith("standard output: Broken pipe")));
}

TEST(JsonLines, WaitForAReaderNoLongerThanThePatience) {
  Pipe pipe;
  JsonLines lines(pipe.in.get(), false);
  lines.patience()->end_in(0ms);
  async::run(lines.commit(batch({"http://a.example/"})));  // there is room
  EXPECT_THAT([&] { async::run(lines.commit(large_batch())); },
              ThrowsMessage<std::runtime_error>(StartsWith("standard output: nobody reads it")));
}

}  // namespace
}  // namespace crawler
