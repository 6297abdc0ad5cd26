#include "parse/host.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kNone = "none";

std::string host(std::string_view text) {
  std::string out;
  return append_host(text, out) ? out : std::string(kNone);
}

TEST(Host, IsAppended) {
  std::string out = "http://";
  EXPECT_TRUE(append_host("0x7f.1", out));
  EXPECT_EQ(out, "http://127.0.0.1");
}

TEST(Host, RefusesHostsWithForbiddenBytes) {
  for (const char c : "\x01\x1F \"<>^`{|}%\x7F"sv) {
    const bool is_forbidden = "\"`{}"sv.find(c) == std::string_view::npos;
    EXPECT_EQ(host(std::string("a") + c + "b") == kNone, is_forbidden) << "byte " << int{c};
  }
  EXPECT_EQ(host("a%00b"), kNone);
  EXPECT_EQ(host("a%2Fb"), kNone);
  EXPECT_EQ(host("a[b]"), kNone);
}

TEST(Host, WritesAsciiHostsInLowerCaseAndNothingElse) {
  EXPECT_EQ(host("EXAMPLE.Com."), "example.com.");
  EXPECT_EQ(host("ex%41mple.com"), "example.com");
  EXPECT_EQ(host("a_b-.-c..d"), "a_b-.-c..d");
  EXPECT_EQ(host("XN--pokxncvks"), "xn--pokxncvks");
}

TEST(Host, WritesUnicodeHostsInPunycode) {
  EXPECT_EQ(host("B\u00DCcher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(host("b%C3%BCcher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(host("fa\u00DF.example"), "xn--fa-hia.example");  // not "fass": non-transitional
  EXPECT_EQ(host("\u4F60\u597D\u3002example"), "xn--6qq79v.example");
  EXPECT_EQ(host("\uFF11\uFF12\uFF17.1"), "127.0.0.1");
}

TEST(Host, RefusesUnicodeHostsThatIdnaDoesNotAllow) {
  EXPECT_EQ(host("a\uFFFDb"), kNone);
  EXPECT_EQ(host("a\xFF.com"), kNone);           // not UTF-8
  EXPECT_EQ(host("%C3\xA9.com"), kNone);         // nor is this, although its decoding is
  EXPECT_EQ(host("a\u200Db.com"), kNone);        // a joiner out of context
  EXPECT_EQ(host("a\u05D0.com"), kNone);         // left to right and right to left in one label
  EXPECT_EQ(host("\uFF05\uFF14\uFF11"), kNone);  // "%41" after mapping
  EXPECT_EQ(host("\u00FC.xn--pokxncvks"), kNone);
}

TEST(Host, ReadsHostsThatEndInANumberAsIpv4) {
  EXPECT_EQ(host("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(host("0x7F.1"), "127.0.0.1");
  EXPECT_EQ(host("017700000001."), "127.0.0.1");
  EXPECT_EQ(host("2130706433"), "127.0.0.1");
  EXPECT_EQ(host("%31%32%37.1"), "127.0.0.1");
  EXPECT_EQ(host("256.1.1.1"), kNone);
  EXPECT_EQ(host("example.1"), kNone);
  EXPECT_EQ(host("1.example"), "1.example");
}

TEST(Host, ReadsBracketedHostsAsIpv6) {
  EXPECT_EQ(host("[2001:DB8:0:0::1]"), "[2001:db8::1]");
  EXPECT_EQ(host("[::ffff:1.2.3.4]"), "[::ffff:102:304]");
  EXPECT_EQ(host("[::1"), kNone);
  EXPECT_EQ(host("[]"), kNone);
  EXPECT_EQ(host("[::1]a"), kNone);
  EXPECT_EQ(host("%5B::1]"), kNone);
}

TEST(Host, BoundsNamesThatAreNotAscii) {
  const auto soft_hyphens = [](int count) {
    std::string text = "a";
    for (int i = 0; i < count; ++i) text += "\u00AD";
    return text;
  };
  EXPECT_EQ(host(soft_hyphens(511)), "a");
  EXPECT_EQ(host(soft_hyphens(512)), kNone);
}

}  // namespace
}  // namespace parse
