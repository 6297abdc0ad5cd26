#include <chrono>
#include <string>
#include <vector>

#include "tests/e2e/crawl_test.h"
#include "tests/support/dns_server.h"
#include "tests/support/raw_server.h"

namespace e2e {
namespace {

using test_support::DnsReply;
using test_support::DnsServer;
using test_support::FileDescriptor;

class Limit : public CrawlTest {
 protected:
  static constexpr std::chrono::milliseconds kTimeLimit = 1s;
  // The contract is a second; a busy machine, or a sanitizer, takes longer.
  static constexpr std::chrono::milliseconds kLatestEnd = kTimeLimit + 5s;

  void expect_stops_in_time(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--time-limit", std::to_string(kTimeLimit.count()) + "ms"});
    const Result result = crawl(std::move(arguments));
    EXPECT_THAT(result, ExitsWith(5)) << result.err;
    EXPECT_LT(result.wall, kLatestEnd);
  }
  /// With a page that comes at once and takes some 20 s to read.
  void expect_stops_in_time_at_a_slow_page(const std::string& parser) {
    std::string html;
    for (int i = 0; i < 300'000; ++i) html += "<p>x";
    server_.answer("/slow", {.body = std::move(html)});
    list({"/slow"});
    std::vector<std::string> arguments = {"--parser", parser};
    for (int i = 0; i < 2000; ++i) {
      arguments.emplace_back("--select");
      arguments.push_back("f" + std::to_string(i) + "=p:nth-last-of-type(2) > a");
    }
    arguments.emplace_back("urls.txt");
    expect_stops_in_time(std::move(arguments));
    EXPECT_EQ(value("SELECT error FROM page"), "cancelled");
  }
};

TEST_F(Limit, OfTimeStopsTheRun) {
  list(numbered("/never/", 50));
  const Result result = crawl({"-c", "5", "--time-limit", "500ms", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(5));
  EXPECT_LT(result.wall, 3s);
  EXPECT_EQ(server_.traffic().counts().requests, 5u);
  expect_cancelled_and_left(numbered("/never/", 50), 50);
}

TEST_F(Limit, OfTimeKeepsThePagesThatCame) {
  std::vector<std::string> paths = numbered("/page/", 20);
  paths.push_back("/never");
  list(paths);
  EXPECT_THAT(crawl({"--time-limit", "1s", "urls.txt"}), ExitsWith(5));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "20");
}

TEST_F(Limit, OfTimeIsNoMatterToARunThatEndsBefore) {
  list(numbered("/page/", 20));
  const Result result = crawl({"--time-limit", "40s", "urls.txt"});
  EXPECT_THAT(result, ExitsWith(0));
  EXPECT_LT(result.wall, 20s);
}

TEST_F(Limit, OfTimeHoldsWhileTheNameServerIsSilent) {
  DnsServer dns;
  dns.set("silent.test", DnsReply{.is_silent = true});
  write("urls.txt", "http://silent.test/1\nhttp://silent.test/2\n");
  expect_stops_in_time({"--dns-servers", dns.address(), "--connect-timeout", "60s", "urls.txt"});
}

TEST_F(Limit, OfTimeHoldsWhileTheNameServerHangsOverTcp) {
  DnsServer dns;
  dns.set("tcp.test", DnsReply{.wants_tcp = true, .is_silent_on_tcp = true});
  write("urls.txt", "http://tcp.test/\n");
  expect_stops_in_time({"--dns-servers", dns.address(), "--connect-timeout", "60s", "urls.txt"});
}

TEST_F(Limit, OfTimeHoldsWhileNobodyShakesHandsForTls) {
  const FileDescriptor silent = test_support::listen_on_loopback(100);
  const std::string server = "https://127.0.0.1:" + std::to_string(test_support::port_of(silent));
  write("urls.txt", server + "/1\n" + server + "/2\n");
  expect_stops_in_time({"--connect-timeout", "60s", "--timeout", "60s", "urls.txt"});
}

TEST_F(Limit, OfTimeHoldsWhileHeadersOrABodyDribble) {
  list({"/slow-header", "/slow-body", "/never"});
  expect_stops_in_time({"urls.txt"});
}

TEST_F(Limit, OfTimeHoldsWhileAPageIsRead) { expect_stops_in_time_at_a_slow_page("tokens"); }
TEST_F(Limit, OfTimeHoldsWhileGumboReadsAPage) { expect_stops_in_time_at_a_slow_page("gumbo"); }

TEST_F(Limit, OfTimeHoldsWithALongListLeft) {
  list(numbered("/never/", 500'000));
  expect_stops_in_time({"urls.txt"});
}

TEST_F(Limit, OfPagesStopsTheRun) {
  list(numbered("/page/", 30));
  EXPECT_THAT(crawl({"-c", "4", "--max-pages", "10", "urls.txt"}), ExitsWith(5));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "10");
  EXPECT_EQ(value("SELECT (SELECT count(*) FROM page) + left FROM run"), "30");
}

TEST_F(Limit, OfPagesIsNoMatterWhenNoWorkIsLeft) {
  list(numbered("/page/", 10));
  EXPECT_THAT(crawl({"--max-pages", "10", "urls.txt"}), ExitsWith(0));
}

TEST_F(Limit, OfFailuresIsNoneUnlessGiven) {
  list({"/page/1", "/status/404"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(1));
}

TEST_F(Limit, OfFailuresIsANumber) {
  list({"/page/1", "/status/404", "/status/410"});
  EXPECT_THAT(crawl({"--max-failed", "2", "urls.txt"}), ExitsWith(0));
  EXPECT_THAT(crawl({"--max-failed", "1", "urls.txt"}), ExitsWith(1));
}

TEST_F(Limit, OfFailuresIsAShareOfTheList) {
  std::vector<std::string> paths = numbered("/page/", 8);
  paths.insert(paths.end(), {"/status/404", "/status/410"});
  list(paths);
  EXPECT_THAT(crawl({"--max-failed", "20%", "urls.txt"}), ExitsWith(0));
  EXPECT_THAT(crawl({"--max-failed", "19%", "urls.txt"}), ExitsWith(1));
}

TEST_F(Limit, OfMemoryBelowOneBodyStillLetsEachPageThrough) {
  std::vector<std::string> paths;
  for (const std::string& path : numbered("/large/200000?", 30)) paths.push_back(path);
  list(paths);
  EXPECT_THAT(crawl({"-c", "10", "--max-memory", "100K", "urls.txt"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "30");
}

}  // namespace
}  // namespace e2e
