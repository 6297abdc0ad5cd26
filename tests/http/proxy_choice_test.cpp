#include "crawler/http/proxy_choice.h"

#include <map>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace crawler::http {
namespace {

constexpr bool kHttp = false;
constexpr bool kHttps = true;

using Variables = std::map<std::string, std::string>;

ProxyChoice choice(const std::optional<std::string>& given, Variables variables) {
  return ProxyChoice(given, [variables = std::move(variables)](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  });
}

/// Of two URLs on a.example, in the environment alone.
std::string for_http(const Variables& variables) {
  return choice(std::nullopt, variables).for_url(kHttp, "a.example");
}
std::string for_https(const Variables& variables) {
  return choice(std::nullopt, variables).for_url(kHttps, "a.example");
}

/// With a proxy for all but what `list` names.
bool is_direct(const std::string& list, const std::string& host) {
  return choice("http://p:1", {{"NO_PROXY", list}}).for_url(kHttp, host).empty();
}

TEST(ProxyChoice, IsNoneWhereNothingSaysSo) {
  EXPECT_EQ(for_http({}), "");
  EXPECT_EQ(for_https({}), "");
  EXPECT_EQ(choice("", {{"http_proxy", "http://p:1"}, {"ALL_PROXY", "http://p:2"}}).for_url(kHttp, "a"), "");
}

TEST(ProxyChoice, IsTheOneGivenWhateverTheEnvironmentSays) {
  const ProxyChoice given =
      choice("socks5://p:1", {{"http_proxy", "http://p:2"}, {"https_proxy", "http://p:3"}});
  EXPECT_EQ(given.for_url(kHttp, "a.example"), "socks5://p:1");
  EXPECT_EQ(given.for_url(kHttps, "a.example"), "socks5://p:1");
}

TEST(ProxyChoice, IsTheEnvironmentsForTheScheme) {
  const Variables variables = {{"http_proxy", "http://p:1"}, {"https_proxy", "http://p:2"}};
  EXPECT_EQ(for_http(variables), "http://p:1");
  EXPECT_EQ(for_https(variables), "http://p:2");
}

TEST(ProxyChoice, IsTheOneForAllWhereTheSchemeHasNone) {
  EXPECT_EQ(for_http({{"all_proxy", "p:1"}, {"https_proxy", "p:2"}}), "p:1");
  EXPECT_EQ(for_https({{"all_proxy", "p:1"}, {"https_proxy", "p:2"}}), "p:2");
  EXPECT_EQ(for_https({{"ALL_PROXY", "p:1"}, {"http_proxy", "p:2"}}), "p:1");
}

TEST(ProxyChoice, TakesCapitalsButForHttp) {
  EXPECT_EQ(for_http({{"HTTP_PROXY", "p:1"}}), "");
  EXPECT_EQ(for_https({{"HTTPS_PROXY", "p:1"}}), "p:1");
  EXPECT_EQ(for_https({{"HTTPS_PROXY", "p:1"}, {"https_proxy", "p:2"}}), "p:2");
}

TEST(ProxyChoice, TakesAnEmptyVariableForNone) {
  EXPECT_EQ(for_https({{"https_proxy", ""}, {"HTTPS_PROXY", "p:1"}}), "p:1");
  EXPECT_EQ(for_http({{"http_proxy", ""}, {"all_proxy", "p:1"}}), "p:1");
}

TEST(ProxyChoice, ReadsTheEnvironmentOfTheProcess) {
  setenv("all_proxy", "http://p:1", 1);
  setenv("no_proxy", "b.example", 1);
  const ProxyChoice choice(std::nullopt);
  unsetenv("all_proxy");
  unsetenv("no_proxy");
  EXPECT_EQ(choice.for_url(kHttp, "a.example"), "http://p:1");
  EXPECT_EQ(choice.for_url(kHttp, "b.example"), "");
}

TEST(NoProxy, OfAStarIsAll) {
  EXPECT_TRUE(is_direct("*", "a.example"));
  EXPECT_FALSE(is_direct("x,*", "a.example"));
}

TEST(NoProxy, HoldsForTheEnvironmentsProxiesToo) {
  EXPECT_EQ(for_http({{"http_proxy", "p:1"}, {"no_proxy", "a.example"}}), "");
}

TEST(NoProxy, IsTheSmallLettersOneFirst) {
  const ProxyChoice both = choice("p:1", {{"no_proxy", "a.example"}, {"NO_PROXY", "b.example"}});
  EXPECT_EQ(both.for_url(kHttp, "a.example"), "");
  EXPECT_EQ(both.for_url(kHttp, "b.example"), "p:1");
}

TEST(NoProxy, OfANameHasAllBelowIt) {
  for (const char* list : {"a.example", ".a.example", "a.example.", "A.EXAMPLE", "x, a.example",
                           "x a.example,y", " ,, a.example , "}) {
    EXPECT_TRUE(is_direct(list, "a.example")) << list;
    EXPECT_TRUE(is_direct(list, "a.example.")) << list;
    EXPECT_TRUE(is_direct(list, "b.a.example")) << list;
    EXPECT_FALSE(is_direct(list, "ba.example")) << list;
    EXPECT_FALSE(is_direct(list, "example")) << list;
  }
}

TEST(NoProxy, OfAnAddressIsThatOne) {
  EXPECT_TRUE(is_direct("10.1.2.3", "10.1.2.3"));
  EXPECT_FALSE(is_direct("2.3", "10.1.2.3"));
  EXPECT_FALSE(is_direct(".3", "10.1.2.3"));
  EXPECT_TRUE(is_direct("2001:DB8::1", "[2001:db8::1]"));
  EXPECT_FALSE(is_direct("2001:db8::1", "[2001:db8::2]"));
}

TEST(NoProxy, OfANetworkIsAllInIt) {
  EXPECT_TRUE(is_direct("10.0.0.0/8", "10.1.2.3"));
  EXPECT_FALSE(is_direct("10.0.0.0/8", "11.1.2.3"));
  EXPECT_TRUE(is_direct("10.1.2.2/31", "10.1.2.3"));
  EXPECT_TRUE(is_direct("0.0.0.0/0", "10.1.2.3"));
  EXPECT_TRUE(is_direct("2001:db8::/33", "[2001:db8:7fff::1]"));
  EXPECT_FALSE(is_direct("2001:db8::/33", "[2001:db8:8000::1]"));
  EXPECT_FALSE(is_direct("::/0", "10.1.2.3"));
}

TEST(NoProxy, OfNonsenseIsNone) {
  for (const char* list : {"", ",", ".", "..", "/", "10.1.2.3/", "10.1.2.3/33", "10.1.2.3/x", "10.1.2.3/-1",
                           "10.1.2.3/8x", "a.example:80"}) {
    EXPECT_FALSE(is_direct(list, "10.1.2.3")) << list;
    EXPECT_FALSE(is_direct(list, "a.example")) << list;
  }
}

TEST(LooksNamesUp, UnlessItIsASocksProxyThatTakesAddresses) {
  for (const char* proxy : {"http://p:1", "https://p:1", "socks5h://p:1", "SOCKS5H://p:1", "socks4a://p:1",
                            "p:1", "p", "socks5", "socks5:1080", "me:secret@p:1"})
    EXPECT_TRUE(looks_names_up(proxy)) << proxy;
  for (const char* proxy : {"socks5://p:1", "SOCKS5://p", "socks4://p:1", "socks://p:1"})
    EXPECT_FALSE(looks_names_up(proxy)) << proxy;
}

}  // namespace
}  // namespace crawler::http
