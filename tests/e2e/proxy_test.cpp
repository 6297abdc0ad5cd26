#include "tests/e2e/crawl_test.h"
#include "tests/support/raw_server.h"

namespace e2e {
namespace {

using test_support::Process;
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

}  // namespace
}  // namespace e2e
