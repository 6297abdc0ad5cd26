// The program where the system allows few descriptors.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

using testing::HasSubstr;

class Descriptors : public CrawlTest, public testing::WithParamInterface<std::uint64_t> {
 protected:
  std::string url(int host, const std::string& path) const {
    return "http://127.0.0." + std::to_string(host) + ":" + std::to_string(everywhere_.port()) + path;
  }
  /// So many pages of 50 hosts.
  std::string pages(int count, const std::string& prefix) const {
    std::string lines;
    for (int number = 1; number <= count; ++number)
      lines += url(1 + number % 50, prefix + std::to_string(number)) + "\n";
    return lines;
  }
  Result crawl_with(std::uint64_t descriptors, std::vector<std::string> arguments) {
    return run({.arguments = std::move(arguments), .descriptor_limit = descriptors});
  }
  std::string count(const std::string& condition) const {
    return value("SELECT count(*) FROM page WHERE " + condition);
  }

  test_support::TestServer everywhere_{"0.0.0.0"};
};

TEST_P(Descriptors, ThatAreFewLowerTheConcurrencyAndLoseNoPage) {
  write("urls.txt", pages(300, "/delay/20/page/"));
  const Result result = crawl_with(GetParam(), {"--concurrency", "1000", "--retries", "0", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_THAT(result.err, HasSubstr(std::to_string(GetParam()) + " descriptors are allowed here"));
  EXPECT_EQ(count("status = 200 AND error IS NULL"), "300");
}

TEST_P(Descriptors, ThatAreFewAreEnoughForRedirectsToo) {
  std::string lines;
  for (int number = 1; number <= 300; ++number)
    lines += url(1 + number % 50,
                 "/redirect-to?" + url(1 + (number + 7) % 50, "/delay/20/page/") + std::to_string(number)) +
             "\n";
  write("urls.txt", lines);
  EXPECT_THAT(crawl_with(GetParam(), {"--concurrency", "1000", "--retries", "0", "--private-network", "allow",
                                      "urls.txt"}),
              ExitsWith(0));
  EXPECT_EQ(count("status = 200 AND error IS NULL"), "300");
}

// Connections of who may reach private addresses are not lent to who may not: both kinds are kept open.
TEST_P(Descriptors, ThatAreFewAreEnoughForBothKindsOfConnections) {
  std::string lines;
  server_.answer_all(200);
  for (const std::string& number : numbered("", 300)) {
    const std::string listed = "http://listed.invalid/" + number;
    server_.answer(listed,
                   {.status = 302, .headers = {"Location: http://other.invalid/" + number}, .delay = 20ms});
    lines += listed + "\n";
  }
  write("urls.txt", lines);
  EXPECT_THAT(crawl_with(GetParam(),
                         {"--concurrency", "1000", "--retries", "0", "--proxy", server_.url(""), "urls.txt"}),
              ExitsWith(0));
  EXPECT_EQ(count("status = 200 AND final_url LIKE '%other%'"), "300");
}

INSTANTIATE_TEST_SUITE_P(Limit, Descriptors, testing::Values(64, 100, 128, 200, 300),
                         testing::PrintToStringParamName());

using FewDescriptors = Descriptors;

// What is left for sockets is less than the program counts on.
TEST_F(FewDescriptors, EndTheRunWithARowForEachUrl) {
  write("urls.txt", pages(100, "/page/"));
  for (const std::uint64_t limit : {24U, 32U, 40U, 50U}) {
    std::filesystem::remove(dir_.path() / "crawl.db");
    const Result result = crawl_with(limit, {"--concurrency", "1000", "--retries", "0", "urls.txt"});
    ASSERT_NE(result.exit_code, std::nullopt) << limit;
    if (result.exit_code == 3) continue;  // too few to begin with, and told
    EXPECT_EQ(count("status = 200 OR error = 'connect'"), "100") << limit;
  }
}

}  // namespace
}  // namespace e2e
