#include "crawler/http/private_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <sys/un.h>
#include <vector>

#include <gtest/gtest.h>

namespace crawler::http {
namespace {

bool is_private_ipv4(const std::string& text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &address.sin_addr), 1) << text;
  return is_private(reinterpret_cast<const sockaddr&>(address));
}

bool is_private_ipv6(const std::string& text) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &address.sin6_addr), 1) << text;
  return is_private(reinterpret_cast<const sockaddr&>(address));
}

struct Range {
  std::string before, first, last, after;  // the neighbours are public; 1.1.1.1 where there is none
};

TEST(PrivateAddress, IsAnyOfTheRangesOfIpv4FromTheFirstToTheLast) {
  const std::vector<Range> ranges = {
      {"1.1.1.1", "0.0.0.0", "0.255.255.255", "1.0.0.0"},
      {"9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"},
      {"100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"},
      {"126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"},
      {"169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"},
      {"172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"},
      {"191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"},
      {"192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"},
      {"192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"},
      {"192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"},
      {"198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"},
      {"198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"},
      {"203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"},
      {"223.255.255.255", "224.0.0.0", "255.255.255.255", "1.1.1.1"},
  };
  for (const Range& range : ranges) {
    EXPECT_TRUE(is_private_ipv4(range.first)) << range.first;
    EXPECT_TRUE(is_private_ipv4(range.last)) << range.last;
    EXPECT_FALSE(is_private_ipv4(range.before)) << range.before;
    EXPECT_FALSE(is_private_ipv4(range.after)) << range.after;
  }
}

TEST(PrivateAddress, IsAnyOfTheRangesOfIpv6) {
  for (const char* address : {"::",
                              "::1",
                              "100::1",
                              "100:0:0:1::1",
                              "1fff:ffff::",
                              "2001::1",
                              "2001:1::1",
                              "2001:20::1",
                              "2001:1ff:ffff::",
                              "2001:db8::1",
                              "2001:db8:ffff:ffff::1",
                              "3fff::1",
                              "3fff:fff:ffff::1",
                              "4000::",
                              "5f00::1",
                              "fc00::1",
                              "fdff:ffff::1",
                              "fe80::1",
                              "febf::1",
                              "fec0::1",
                              "feff::1",
                              "ff02::1",
                              "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
    EXPECT_TRUE(is_private_ipv6(address)) << address;
}

TEST(PrivateAddress, IsNoneThatIsRouted) {
  for (const char* address : {"2000::1", "2001:200::1", "2001:db7::1", "2001:db9::1", "2606:4700::1111",
                              "2a00:1450:4001::1", "2620:4f:8000::1", "3ffe::1", "3fff:1000::1"})
    EXPECT_FALSE(is_private_ipv6(address)) << address;
}

TEST(PrivateAddress, InAnIpv6AddressIsFound) {
  for (const char* address : {"::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:169.254.169.254",
                              "64:ff9b::127.0.0.1", "64:ff9b::192.168.0.1", "2002:7f00:1::", "2002:a00:1::1"})
    EXPECT_TRUE(is_private_ipv6(address)) << address;
}

TEST(PrivateAddress, IsNoPublicOneInAnIpv6Address) {
  for (const char* address : {"::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"})
    EXPECT_FALSE(is_private_ipv6(address)) << address;
}

TEST(PrivateAddress, IsAnyPublicOneInAFormThatNobodyRoutes) {
  for (const char* address :
       {"::1.1.1.1", "::ffff:0:1.1.1.1", "64:ff9b:1::1.1.1.1", "64:ff9b:0:0:1::1.1.1.1"})
    EXPECT_TRUE(is_private_ipv6(address)) << address;
}

TEST(PrivateAddress, IsAnyOfAnotherFamily) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  EXPECT_TRUE(is_private(reinterpret_cast<const sockaddr&>(address)));
}

TEST(PrivateLiteral, IsAnAddressInAUrl) {
  EXPECT_TRUE(is_private_literal("127.0.0.1"));
  EXPECT_TRUE(is_private_literal("[::1]"));
  EXPECT_TRUE(is_private_literal("[::ffff:a00:1]"));
  EXPECT_FALSE(is_private_literal("1.1.1.1"));
  EXPECT_FALSE(is_private_literal("[2606:4700::1111]"));
}

TEST(PrivateLiteral, IsNoName) {
  for (const char* host : {"", "localhost", "127.0.0.1.example.com", "example.com", "[", "]", "[]", "::1"})
    EXPECT_FALSE(is_private_literal(host)) << host;
}

}  // namespace
}  // namespace crawler::http
