#include "tests/e2e/crawl_test.h"
#include "tests/support/certificate.h"
#include "tests/support/dns_server.h"
#include "tests/support/free_port.h"
#include "tests/support/nginx.h"
#include "tests/support/raw_server.h"
#include "tests/support/tinyproxy.h"

namespace e2e {
namespace {

using test_support::Nginx;
using test_support::Process;
using test_support::Tinyproxy;
using testing::HasSubstr;
using testing::Not;

class Proxy : public CrawlTest {
 protected:
  const test_support::RawServer proxy_{
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nby proxy\n"};
};

TEST_F(Proxy, IsAskedForUrlsWhoseHostOnlyItKnows) {
  EXPECT_THAT(crawl({"--proxy", proxy_.url(), "http://inside.invalid/"}), ExitsWith(0));
  EXPECT_EQ(value("SELECT url || ' ' || body_size FROM page"), "http://inside.invalid/ 9");
}

TEST_F(Proxy, OfTheEnvironmentIsTakenUnlessThereIsToBeNone) {
  const auto crawl_in_environment = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"http_proxy=" + proxy_.url(), CRAWL_PROGRAM});
    Process env({.program = "/usr/bin/env", .arguments = arguments, .directory = dir_.path()});
    return finish(env);
  };
  EXPECT_THAT(crawl_in_environment({"-o", "a.db", "http://inside.invalid/"}), ExitsWith(0));
  EXPECT_THAT(crawl_in_environment({"--proxy", "", "-o", "b.db", "http://inside.invalid/"}), ExitsWith(1));
}

TEST_F(Proxy, OfAnUnknownKindIsRefused) {
  const Result result = crawl({"--proxy", "ftp://127.0.0.1:1", "http://inside.invalid/"});
  EXPECT_THAT(result, ExitsWith(2));
  EXPECT_THAT(result.err, HasSubstr("--proxy: give an http, https, socks5 or socks5h URL"));
}

TEST_F(Proxy, IsKeptWithoutItsPassword) {
  std::string with_password = proxy_.url();
  with_password.insert(std::string("http://").size(), "name:pass%40word@");
  EXPECT_THAT(crawl({"--proxy", with_password, "http://inside.invalid/a@b"}), ExitsWith(0));
  const std::string kept = value("SELECT args FROM run");
  EXPECT_THAT(kept, HasSubstr("--proxy http://***@127.0.0.1:"));
  EXPECT_THAT(kept, HasSubstr("http://inside.invalid/a@b"));
  EXPECT_THAT(kept, Not(HasSubstr("word")));
}

TEST_F(Proxy, ThatIsDeadFailsEachUrlAndEndsTheRun) {
  const std::string dead = "http://127.0.0.1:" + std::to_string(test_support::free_port());
  list(numbered("/page/", 50));
  EXPECT_THAT(crawl({"--proxy", dead, "--retries", "1", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE error = 'connect'"), "50");
  EXPECT_EQ(server_.traffic().counts().connections, 0U);
}

TEST_F(Proxy, ThatRefusesToConnectFailsTheUrl) {
  const test_support::RawServer refuser(
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
  EXPECT_THAT(crawl({"--proxy", refuser.url(), "--retries", "0", "https://inside.invalid/"}), ExitsWith(1));
  EXPECT_EQ(value("SELECT error || ' ' || ifnull(status, '-') FROM page"), "connect -");
}

/// Through a proxy as many have it. `localhost` is a name that it can look up anywhere.
class RealProxy : public CrawlTest {
 protected:
  void SetUp() override {
    if (Tinyproxy::program().empty()) GTEST_SKIP() << "there is no tinyproxy";
    if (Nginx::program().empty()) GTEST_SKIP() << "there is no nginx";
    std::filesystem::permissions(dir_.path(), std::filesystem::perms(0755));
    write("authority.pem", certificate_.pem());
    write("page.html", "<title>A page</title>");
    secure_ = std::make_unique<Nginx>(dir_.path(), certificate_, "");
  }
  Result crawl_by(const Tinyproxy& proxy, std::vector<std::string> options) {
    options.insert(options.begin(), {"--proxy", proxy.url(), "--cacert", "authority.pem", "--dns-servers",
                                     dns_.address(), "--retries", "0"});
    options.emplace_back("urls.txt");
    return crawl(options);
  }
  static std::string by_name(std::string url) {
    return url.replace(url.find("127.0.0.1"), std::string("127.0.0.1").size(), "localhost");
  }

  const test_support::Certificate certificate_{"localhost"};
  test_support::DnsServer dns_;
  std::unique_ptr<Nginx> secure_;
};

TEST_F(RealProxy, CarriesHttpAndHttpsAndLooksTheNamesUp) {
  const Tinyproxy proxy;
  std::string lines;
  for (const std::string& path : numbered("/page/", 50)) lines += by_name(server_.url(path)) + "\n";
  for (const std::string& query : numbered("page.html?", 50)) lines += by_name(secure_->url(query)) + "\n";
  write("urls.txt", lines);
  EXPECT_THAT(crawl_by(proxy, {}), ExitsWith(0));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND error IS NULL"), "100");
  EXPECT_EQ(value("SELECT count(*) FROM fetch WHERE http_version = '2'"), "50");
  EXPECT_EQ(dns_.all_questions(), 0);
}

TEST_F(RealProxy, ThatMayNotConnectThereFailsHttpsAlone) {
  const Tinyproxy proxy("ConnectPort 563");
  write("urls.txt", by_name(server_.url("/page/1")) + "\n" + by_name(secure_->url("page.html")) + "\n");
  EXPECT_THAT(crawl_by(proxy, {}), ExitsWith(1));
  EXPECT_EQ(value("SELECT count(*) FROM page WHERE status = 200 AND url LIKE 'http:%'"), "1");
  EXPECT_EQ(value("SELECT error FROM page WHERE url LIKE 'https:%'"), "connect");
}

TEST_F(RealProxy, WhoseNamesLeadNowhereTellsSoByItsOwnAnswer) {
  const Tinyproxy proxy;
  write("urls.txt", "http://no-such-host.invalid/\n");
  EXPECT_THAT(crawl_by(proxy, {}), ExitsWith(1));
  EXPECT_EQ(value("SELECT status >= 500 FROM page"), "1");
  EXPECT_EQ(dns_.all_questions(), 0);
}

}  // namespace
}  // namespace e2e
