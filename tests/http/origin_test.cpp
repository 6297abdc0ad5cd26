#include "crawler/http/origin.h"

#include <gtest/gtest.h>

namespace crawler::http {
namespace {

TEST(Origin, IsSchemeHostAndPort) {
  const Origin origin = origin_of("https://me:secret@example.com:8443/a/b?c");
  EXPECT_EQ(origin.key, "https://me:secret@example.com:8443");
  EXPECT_EQ(origin.host, "example.com");
  EXPECT_EQ(origin.port, 8443);
  EXPECT_TRUE(origin.is_https);
}

TEST(Origin, HasItsSchemesPortByDefault) {
  EXPECT_EQ(origin_of("http://example.com/").port, 80);
  EXPECT_EQ(origin_of("https://example.com/").port, 443);
}

TEST(Origin, KeepsTheBracketsOfAnAddress) {
  const Origin origin = origin_of("http://[2001:db8::1]:8080/");
  EXPECT_EQ(origin.host, "[2001:db8::1]");
  EXPECT_EQ(origin.port, 8080);
}

// A name that ends in a digit was taken for an address, and looked up by libcurl on a thread.
TEST(Origin, TellsNamesFromAddresses) {
  for (const char* address : {"http://127.0.0.1/", "http://[::1]/"})
    EXPECT_TRUE(origin_of(address).is_address()) << address;
  for (const char* name :
       {"http://web1/", "http://a.k8s2:80/", "http://1.com/", "http://127.0.0.1.example./"})
    EXPECT_FALSE(origin_of(name).is_address()) << name;
}

}  // namespace
}  // namespace crawler::http
