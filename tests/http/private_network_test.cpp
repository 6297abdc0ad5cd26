// Requests that may not lead to private addresses, and names, proxies and connections that would lead there.
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "tests/http/http_test.h"
#include "tests/http/resolver_test.h"
#include "tests/support/dns_server.h"

namespace crawler::http {
namespace {

using std::chrono_literals::operator""ms;
using testing::AnyOf;

// In the part of IPv6 that is public, and nobody's: RFC 3701.
constexpr const char* kPublic = "3ffe::1";

class PrivateNetworkTest : public HttpTest {
 protected:
  PrivateNetworkTest() {
    options_.dns_servers = dns_.address();
    options_.connect_timeout = 300ms;
  }
  std::string url(const std::string& host) const {
    return "http://" + host + ":" + std::to_string(server_.port()) + "/page/1";
  }
  static Task<Fetched> get_with(HttpClient& client, const std::string& url,
                                std::shared_ptr<const Addresses> addresses, bool may_reach_private) {
    Request request(url);
    request.addresses = std::move(addresses);
    request.may_reach_private = may_reach_private;
    Transfer transfer = client.get(std::move(request));
    Transfer::Result result = co_await transfer;
    co_return Fetched(std::move(result), transfer.attempt());
  }
  /// With what the name stands for by DNS.
  Task<Fetched> get_by_name(HttpClient& client, const std::string& name, bool may_reach_private) {
    const LookUp found = co_await look_up(client.resolver(), name);
    EXPECT_TRUE(found);
    co_return co_await get_with(client, url(name), found.value_or(nullptr), may_reach_private);
  }
  static std::shared_ptr<const Addresses> addresses(std::vector<std::string> ips) {
    return std::make_shared<const Addresses>(Addresses{.ips = std::move(ips), .valid_until = {}});
  }
  Fetched fetch_guarded(const std::string& target, std::shared_ptr<const Addresses> with = nullptr) {
    return with_client([&](HttpClient& client) { return get_with(client, target, with, false); });
  }
  std::size_t connections() const { return server_.traffic().counts().connections; }

  DnsServer dns_;
};

TEST_F(PrivateNetworkTest, NameOfAPrivateAddressIsBlocked) {
  dns_.set("inside.test", DnsReply{.ips = {"127.0.0.1"}});
  with_client([&](HttpClient& client) -> Task<> {
    const Fetched page = co_await get_by_name(client, "inside.test", false);
    EXPECT_THAT(page, FailsWith(TransferError::blocked_address));
    EXPECT_EQ(page.attempt.ip, "");
  });
  EXPECT_EQ(connections(), 0U);
}

TEST_F(PrivateNetworkTest, NameOfAPrivateAddressIsOpenToWhoMay) {
  dns_.set("inside.test", DnsReply{.ips = {"127.0.0.1"}});
  with_client([&](HttpClient& client) -> Task<> {
    const Fetched page = co_await get_by_name(client, "inside.test", true);
    EXPECT_TRUE(page.result);
  });
}

TEST_F(PrivateNetworkTest, NameOfManyPrivateAddressesIsBlocked) {
  EXPECT_THAT(fetch_guarded(url("a.test"), addresses({"127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1"})),
              FailsWith(TransferError::blocked_address));
  EXPECT_EQ(connections(), 0U);
}

TEST_F(PrivateNetworkTest, OfSeveralAddressesThePrivateOnesAreNotTried) {
  for (const auto& ips : {std::vector<std::string>{kPublic, "127.0.0.1"}, {"127.0.0.1", kPublic}}) {
    const Fetched page = fetch_guarded(url("both.test"), addresses(ips));
    EXPECT_THAT(page, AnyOf(FailsWith(TransferError::connect), FailsWith(TransferError::blocked_address)));
  }
  EXPECT_EQ(connections(), 0U);
}

TEST_F(PrivateNetworkTest, NameThatWasPublicAMomentAgoIsNotTrusted) {
  const auto at_first = addresses({kPublic});
  const auto then = addresses({"127.0.0.1"});
  with_client([&](HttpClient& client) -> Task<> {
    co_await get_with(client, url("rebound.test"), at_first, false);
    const Fetched page = co_await get_with(client, url("rebound.test"), then, false);
    EXPECT_THAT(page, FailsWith(TransferError::blocked_address));
  });
  EXPECT_EQ(connections(), 0U);
}

TEST_F(PrivateNetworkTest, AddressInTheUrlIsBlockedBeforeAnythingIsOpened) {
  for (const char* host : {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"})
    EXPECT_THAT(fetch_guarded(url(host)), FailsWith(TransferError::blocked_address)) << host;
  EXPECT_EQ(connections(), 0U);
}

TEST_F(PrivateNetworkTest, ConnectionOfWhoMayIsNotLentToWhoMayNot) {
  const auto inside = addresses({"127.0.0.1"});
  with_client([&](HttpClient& client) -> Task<> {
    const Fetched first = co_await get_with(client, url("inside.test"), inside, true);
    EXPECT_TRUE(first.result);
    const Fetched guarded = co_await get_with(client, url("inside.test"), inside, false);
    EXPECT_THAT(guarded, FailsWith(TransferError::blocked_address));
    const Fetched again = co_await get_with(client, url("inside.test"), inside, true);
    EXPECT_TRUE(again.attempt.reused_connection);
  });
  EXPECT_EQ(server_.traffic().counts().requests, 2U);
}

/// The server is the proxy; NO_PROXY would win over the option.
class ProxiedPrivateNetworkTest : public PrivateNetworkTest {
 protected:
  ProxiedPrivateNetworkTest() {
    setenv("no_proxy", "", 1);
    options_.proxy = server_.url("");
    server_.answer_all(200);
  }
};

TEST_F(ProxiedPrivateNetworkTest, MayHaveAPrivateProxy) {
  EXPECT_TRUE(fetch_guarded("http://outside.invalid/").result);
  EXPECT_EQ(server_.traffic().of("http://outside.invalid/").requests(), 1U);
}

TEST_F(ProxiedPrivateNetworkTest, AsksNoProxyForAPrivateAddress) {
  for (const char* host : {"127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254"})
    EXPECT_THAT(fetch_guarded("http://" + std::string(host) + "/"), FailsWith(TransferError::blocked_address))
        << host;
  EXPECT_EQ(connections(), 0U);
}

TEST_F(ProxiedPrivateNetworkTest, GuardsWhatNeedsNoProxy) {
  setenv("no_proxy", "direct.test", 1);
  EXPECT_THAT(fetch_guarded(url("direct.test"), addresses({"127.0.0.1"})),
              FailsWith(TransferError::blocked_address));
  EXPECT_EQ(connections(), 0U);
}

TEST_F(ProxiedPrivateNetworkTest, HasConnectionsToTheProxyForEachKind) {
  with_client([&](HttpClient& client) -> Task<> {
    for (int i = 0; i < 4; ++i) {
      const Fetched page = co_await get_with(client, "http://outside.invalid/", nullptr, i % 2 == 0);
      EXPECT_TRUE(page.result);
    }
  });
  EXPECT_EQ(connections(), 2U);
}

}  // namespace
}  // namespace crawler::http
