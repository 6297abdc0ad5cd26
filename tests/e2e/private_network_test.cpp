#include "tests/e2e/crawl_test.h"

namespace e2e {
namespace {

/// The tests' own servers are on loopback, which is private.
class PrivateNetwork : public CrawlTest {
 protected:
  /// How the URL ended that leads from one server to another.
  std::string error_of_redirect_to(const std::string& target, std::vector<std::string> options = {}) {
    server_.answer("/start", {.status = 302, .headers = {"Location: " + target}});
    list({"/start"});
    options.insert(options.end(), {"--retries", "0", "urls.txt"});
    crawl(options);
    return page("error", "/start");
  }
  test_support::TestServer inner_{"127.0.0.2"};
};

TEST_F(PrivateNetwork, IsOpenToWhatWasListed) {
  list({"/page/1", "/redirect/3"});
  EXPECT_THAT(crawl({"urls.txt"}), ExitsWith(0));
}

TEST_F(PrivateNetwork, IsClosedToWhatARedirectNames) {
  EXPECT_EQ(error_of_redirect_to(inner_.url("/page/1")), "blocked_address");
  EXPECT_EQ(inner_.traffic().counts().connections, 0U);
  EXPECT_EQ(value("SELECT group_concat(coalesce(error, status)) FROM fetch ORDER BY id"),
            "302,blocked_address");
}

TEST_F(PrivateNetwork, IsClosedHoweverTheAddressIsSpelled) {
  const std::string port = std::to_string(inner_.port());
  for (const std::string host :
       {"[::ffff:127.0.0.2]", "0x7f000002", "127.2", "017700000002", "2130706434", "127.0.0.2.", "localhost",
        "LOCALHOST.", "foo.localhost", "[::1]", "0.0.0.0"}) {
    EXPECT_EQ(error_of_redirect_to("http://" + host + ":" + port + "/page/1"), "blocked_address") << host;
  }
  EXPECT_EQ(inner_.traffic().counts().connections, 0U);
}

TEST_F(PrivateNetwork, IsClosedToAnotherPortToo) {
  const test_support::TestServer other;
  EXPECT_EQ(error_of_redirect_to(other.url("/page/1")), "blocked_address");
  EXPECT_EQ(other.traffic().counts().connections, 0U);
}

// A connection that is open already calls for no address: it must not be lent to who may not have it.
TEST_F(PrivateNetwork, LendsNoConnectionOfWhoMayToWhoMayNot) {
  server_.answer("/start",
                 {.status = 302, .headers = {"Location: " + inner_.url("/page/2")}, .delay = 300ms});
  write("urls.txt", inner_.url("/page/1") + "\n" + server_.url("/start") + "\n");
  crawl({"urls.txt"});
  EXPECT_EQ(page("error", "/start"), "blocked_address");
  EXPECT_EQ(inner_.traffic().of("/page/2").requests(), 0U);
  EXPECT_EQ(inner_.traffic().of("/page/1").requests(), 1U);
}

TEST_F(PrivateNetwork, IsOpenToAllIfAllowed) {
  EXPECT_EQ(error_of_redirect_to(inner_.url("/page/1"), {"--private-network", "allow"}), "NULL");
}

TEST_F(PrivateNetwork, IsClosedToAllIfDenied) {
  list({"/page/1"});
  EXPECT_THAT(crawl({"--private-network", "deny", "urls.txt"}), ExitsWith(1));
  EXPECT_EQ(page("error", "/page/1"), "blocked_address");
  EXPECT_EQ(server_.traffic().counts().connections, 0U);
}

TEST_F(PrivateNetwork, IsNamedByWhatIsSaidOfIt) {
  list({"/page/1"});
  EXPECT_THAT(crawl({"--private-network", "deny", "urls.txt"}).err, testing::HasSubstr("--private-network"));
}

}  // namespace
}  // namespace e2e
