#include "crawler/host_name.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace crawler {
namespace {

std::string host_of(std::string_view url) { return host_name(parse::Url::parse(url).value()); }

TEST(HostName, IsOneForHttpAndHttps) {
  EXPECT_EQ(host_of("http://Example.com/a"), "example.com");
  EXPECT_EQ(host_of("https://example.com:443/b"), "example.com");
}

TEST(HostName, HasThePortUnlessItIsTheSchemesOwn) {
  EXPECT_EQ(host_of("http://example.com:8080/"), "example.com:8080");
  EXPECT_EQ(host_of("https://example.com:80/"), "example.com:80");
  EXPECT_EQ(host_of("http://example.com:0/"), "example.com:0");
  EXPECT_EQ(host_of("http://[::1]:443/"), "[::1]:443");
}

TEST(HostName, HasNoCredentials) { EXPECT_EQ(host_of("http://me:secret@a.example/"), "a.example"); }

}  // namespace
}  // namespace crawler
