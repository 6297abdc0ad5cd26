#include "crawler/registrable_domain.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "parse/url.h"

namespace crawler {
namespace {

std::string domain_of(std::string_view host) { return std::string(RegistrableDomains().of(host)); }

TEST(RegistrableDomains, IsALabelMoreThanAPublicSuffix) {
  EXPECT_EQ(domain_of("example.com"), "example.com");
  EXPECT_EQ(domain_of("a.www.example.co.uk"), "example.co.uk");
  EXPECT_EQ(domain_of("a.b.city.kawasaki.jp"), "city.kawasaki.jp");
  EXPECT_EQ(domain_of("a.b.c.kawasaki.jp"), "b.c.kawasaki.jp");
}

TEST(RegistrableDomains, GoByThePrivatePartOfTheListToo) {
  EXPECT_EQ(domain_of("a.github.io"), "a.github.io");
  EXPECT_EQ(domain_of("www.a.github.io"), "a.github.io");
}

TEST(RegistrableDomains, TakePunycode) {
  EXPECT_EQ(domain_of("www.xn--bcher-kva.example"), "xn--bcher-kva.example");
  EXPECT_EQ(domain_of("www.xn--bcher-kva.xn--55qx5d.cn"), "xn--bcher-kva.xn--55qx5d.cn");
  EXPECT_EQ(domain_of("xn--55qx5d.cn"), "");
}

TEST(RegistrableDomains, TakeAnUnknownLastLabelForASuffix) {
  EXPECT_EQ(domain_of("a.b.no-such-suffix"), "b.no-such-suffix");
}

TEST(RegistrableDomains, HaveNoneForWhatNobodyRegistered) {
  for (const char* host :
       {"localhost", "com", "co.uk", "github.io", "127.0.0.1", "[::1]", "", ".", "..", ".com"})
    EXPECT_EQ(domain_of(host), "") << host;
}

TEST(RegistrableDomains, PassOverADotAtTheEnd) {
  EXPECT_EQ(domain_of("www.example.com."), "example.com");
  EXPECT_EQ(domain_of("com."), "");
}

TEST(RegistrableDomains, TakeNamesOfAnyLength) {
  std::string host;
  while (host.size() + 8 < parse::Url::max_length) host += "a.";
  EXPECT_EQ(domain_of(host + "co.uk"), "a.co.uk");
  EXPECT_EQ(domain_of(std::string(parse::Url::max_length, '.')), "");
}

}  // namespace
}  // namespace crawler
