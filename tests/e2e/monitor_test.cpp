#include <algorithm>
#include <csignal>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using test_support::Process;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// A run that seems to hang, and is asked what it waits for.
class Monitor : public CrawlTest {
 protected:
  /// Asks, and waits until it has told so many times that a server does not answer.
  void ask(Process& crawl, std::ptrdiff_t answers = 1) {
    ASSERT_TRUE(server_sees([](const Counts& now) { return now.open_requests == 1; }));
    crawl.signal(SIGUSR1);
    const std::string line = "  visit " + server_.url("/never") + " waits for a response";
    EXPECT_TRUE(eventually([&] { return std::ranges::count(lines_of(crawl.err()), line) == answers; }))
        << crawl.err();
    EXPECT_THAT(crawl.err(), StartsWith("crawl: "));
  }
};

TEST_F(Monitor, NamesWhatIsWaitedForAndTheRunGoesOn) {
  Process crawl = start({"-"});
  crawl.write(server_.url("/never") + "\n");
  ask(crawl);
  crawl.write(server_.url("/page/1") + "\n");
  EXPECT_TRUE(eventually([&] { return page("status", "/page/1") == "200"; }));
  crawl.signal(SIGTERM);
  const Result result = finish(crawl);
  EXPECT_THAT(result, ExitsWith(143));
  EXPECT_THAT(result.err, HasSubstr("stopped by SIGTERM"));
  EXPECT_EQ(page("error", "/never"), "cancelled");
}

TEST_F(Monitor, AnswersThoughItIsToBeQuiet) {
  list({"/never"});
  Process crawl = start({"-q", "urls.txt"});
  ask(crawl);
  crawl.signal(SIGTERM);
  EXPECT_THAT(finish(crawl), ExitsWith(143));
}

TEST_F(Monitor, AnswersEachTime) {
  list({"/never"});
  Process crawl = start({"urls.txt"});
  ask(crawl, 1);
  ask(crawl, 2);
}

TEST_F(Monitor, IsSilentWhenNobodyAsks) {
  list(numbered("/page/", 20));
  EXPECT_THAT(crawl({"urls.txt"}).err, testing::Not(HasSubstr("task")));
}

}  // namespace
}  // namespace e2e
