#include "tests/e2e/crawl_test.h"
#include "tests/support/raw_server.h"

namespace e2e {
namespace {

using test_support::connect_to_loopback;
using test_support::FileDescriptor;
using test_support::listen_on_loopback;
using test_support::port_of;

/// A host that lets connections come and says nothing to their handshakes.
class DeadHost : public CrawlTest {
 protected:
  DeadHost() : silent_(listen_on_loopback(0)), first_(connect_to_loopback(port_of(silent_))) {}

  std::string urls(int count) const {
    std::string lines;
    for (int i = 0; i < count; ++i)
      lines += "http://127.0.0.1:" + std::to_string(port_of(silent_)) + "/" + std::to_string(i) + "\n";
    return lines;
  }

  FileDescriptor silent_;
  FileDescriptor first_;  // fills the queue
};

TEST_F(DeadHost, DoesNotHoldUpTheOthers) {
  write("urls.txt", urls(5000) + lines_of(server_, numbered("/page/", 500)));
  EXPECT_THAT(crawl({"--connect-timeout", "3s", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'connect'"), "5000");
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200"), "500");
  // All the good ones came while the first of the others still waited for their connections.
  EXPECT_EQ(value("SELECT (SELECT max(started_ms + total_ms) FROM fetch WHERE status = 200) < "
                  "(SELECT min(started_ms + total_ms) FROM fetch WHERE error = 'connect')"),
            "1");
}

TEST_F(DeadHost, IsGivenUpAfterAFewTries) {
  write("urls.txt", urls(1000));
  const Result result = crawl({"--connect-timeout", "1s", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'connect'"), "1000");
  EXPECT_LE(std::stoi(value("SELECT count(*) FROM fetch")), 30);
  EXPECT_LT(result.wall, 10s);
}

TEST_F(DeadHost, IsGivenUpInSequenceToo) {
  write("urls.txt", urls(100));
  crawl({"--sequential", "--connect-timeout", "200ms", "urls.txt"});
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'connect'"), "100");
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "5");
}

TEST_F(DeadHost, ThatAcceptsAndNeverAnswersDoesNotHoldUpTheOthers) {
  const test_support::TestServer other("127.0.0.2");
  write("urls.txt", lines_of(server_, numbered("/never?", 1000)) + lines_of(other, numbered("/page/", 500)));
  test_support::Process process = start({"--timeout", "30s", "urls.txt"});
  EXPECT_TRUE(other.traffic().wait_until(
      [](const Counts& now) { return now.requests == 500 && now.open_requests == 0; }, 20s));
  process.signal(SIGTERM);
  finish(process);
}

}  // namespace
}  // namespace e2e
