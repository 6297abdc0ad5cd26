// The program with a name server of the test's own. What the names stand for is all one server, on every
// address of loopback.
#include <string>

#include "tests/e2e/crawl_test.h"
#include "tests/support/dns_server.h"

namespace e2e {
namespace {

using test_support::DnsCode;
using test_support::DnsReply;
using test_support::DnsServer;
using test_support::kTypeA;

class Dns : public CrawlTest {
 protected:
  std::string url(const std::string& host, const std::string& path) const {
    return "http://" + host + ":" + std::to_string(everywhere_.port()) + path;
  }
  /// So many pages of each host, the hosts in turn.
  std::string pages(const std::vector<std::string>& hosts, int each) const {
    std::string lines;
    for (const std::string& path : numbered("/page/", each))
      for (const std::string& host : hosts) lines += url(host, path) + "\n";
    return lines;
  }
  Result crawl_by_names(std::vector<std::string> options) {
    options.insert(options.begin(), {"--dns-servers", dns_.address()});
    options.emplace_back("urls.txt");
    return crawl(options);
  }
  std::string count(const std::string& condition) const {
    return value("SELECT count(*) FROM page WHERE " + condition);
  }

  DnsServer dns_;
  test_support::TestServer everywhere_{"0.0.0.0"};
};

TEST_F(Dns, AsksOnceForEachOfManyNames) {
  std::vector<std::string> hosts;
  for (std::uint32_t number = 0; number < 300; ++number) {
    hosts.push_back(DnsServer::numbered_name(number));
    dns_.set(hosts.back(), DnsReply{.ips = {DnsServer::numbered_address(number)}});
  }
  write("urls.txt", pages(hosts, 10));
  EXPECT_THAT(crawl_by_names({}), ExitsWith(0));
  EXPECT_EQ(count("status = 200"), "3000");
  EXPECT_EQ(value("SELECT count(DISTINCT ip) FROM fetch"), "300");
  for (const std::string& host : hosts) EXPECT_EQ(dns_.questions(host, kTypeA), 1) << host;
}

TEST_F(Dns, NameWithoutAnAnswerHoldsUpNoneButItsOwnUrls) {
  dns_.set("silent.test", DnsReply{.is_silent = true});
  dns_.set("good.test", DnsReply{.ips = {"127.0.0.1"}});
  write("urls.txt", pages({"silent.test"}, 300) + pages({"good.test"}, 300));
  EXPECT_THAT(crawl_by_names({"--connect-timeout", "3s", "--retries", "0"}), ExitsWith(1));
  EXPECT_EQ(count("error = 'dns' AND url LIKE '%silent%'"), "300");
  EXPECT_EQ(count("status = 200 AND url LIKE '%good%'"), "300");
  // All the good ones came while the name of the others was still looked up.
  EXPECT_EQ(value("SELECT (SELECT max(started_ms + total_ms) FROM fetch WHERE status = 200) < "
                  "(SELECT min(started_ms) FROM fetch WHERE error = 'dns')"),
            "1");
}

TEST_F(Dns, NameThatDoesNotExistIsAskedForOnceAndNotTriedAgain) {
  dns_.set("missing.test", DnsReply{.code = DnsCode::no_such_name});
  write("urls.txt", pages({"missing.test"}, 20));
  EXPECT_THAT(crawl_by_names({"--retries", "3"}), ExitsWith(1));
  EXPECT_EQ(count("error = 'dns' AND attempts = 1"), "20");
  EXPECT_EQ(value("SELECT count(*) FROM fetch"), "20");
  EXPECT_EQ(dns_.questions("missing.test", kTypeA), 1);
}

// A failure of the server stands for 5 s, and so this takes as long.
TEST_F(Dns, FailureOfTheServerIsTriedAgain) {
  // c-ares asks three times by itself before it says so.
  const DnsReply failure{.code = DnsCode::server_failure};
  dns_.set_in_turn("shaky.test", {failure, failure, failure, DnsReply{.ips = {"127.0.0.1"}}});
  write("urls.txt", pages({"shaky.test"}, 5));
  EXPECT_THAT(crawl_by_names({"--connect-timeout", "1s"}), ExitsWith(0));
  EXPECT_EQ(count("status = 200 AND attempts = 2"), "5");
  EXPECT_EQ(value("SELECT count(*) FROM fetch WHERE error = 'dns'"), "5");
}

TEST_F(Dns, HostOfARedirectIsLookedUpToo) {
  dns_.set("from.test", DnsReply{.ips = {"127.0.0.1"}});
  dns_.set("to.test", DnsReply{.ips = {"127.0.0.2"}});
  write("urls.txt", url("from.test", "/redirect-to?" + url("to.test", "/page/1")) + "\n");
  EXPECT_THAT(crawl_by_names({"--private-network", "allow"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT group_concat(ip) FROM fetch"), "127.0.0.1,127.0.0.2");
}

TEST_F(Dns, NameOfAPrivateAddressIsNowhereToBeRedirectedTo) {
  dns_.set("from.test", DnsReply{.ips = {"127.0.0.1"}});
  dns_.set("to.test", DnsReply{.ips = {"127.0.0.2"}});
  write("urls.txt", url("from.test", "/redirect-to?" + url("to.test", "/page/1")) + "\n");
  EXPECT_THAT(crawl_by_names({}), ExitsWith(1));
  EXPECT_EQ(value("SELECT error FROM page"), "blocked_address");
  EXPECT_EQ(everywhere_.traffic().of("/page/1").requests(), 0U);
}

TEST_F(Dns, ServerThatIsNotThereFailsAllNamesAndNoAddress) {
  write("urls.txt", pages({"a.test", "b.test"}, 10) + pages({"127.0.0.1"}, 10));
  EXPECT_THAT(
      crawl({"--dns-servers", "127.0.0.1:1", "--connect-timeout", "1s", "--retries", "0", "urls.txt"}),
      ExitsWith(1));
  EXPECT_EQ(count("error = 'dns'"), "20");
  EXPECT_EQ(count("status = 200"), "10");
}

TEST_F(Dns, SignalEndsARunThatWaitsForANameOnly) {
  dns_.set("silent.test", DnsReply{.is_silent = true});
  write("urls.txt", pages({"silent.test"}, 50));
  test_support::Process process =
      start({"--dns-servers", dns_.address(), "--connect-timeout", "60s", "urls.txt"});
  EXPECT_TRUE(dns_.wait_for_questions("silent.test", 1));
  process.signal(SIGTERM);
  EXPECT_THAT(finish(process), ExitsWith(128 + SIGTERM));
  EXPECT_EQ(value("SELECT (SELECT count(*) FROM page) + left FROM run"), "50");
}

}  // namespace
}  // namespace e2e
