#include "parse/ip_address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace parse {
namespace {

std::string ipv4(std::string_view text) {
  std::string out;
  const std::optional<std::uint32_t> address = parse_ipv4(text);
  if (address) append_ipv4(*address, out);
  return address ? out : "none";
}

std::string ipv6(std::string_view text) {
  std::string out;
  const std::optional<Ipv6Pieces> pieces = parse_ipv6(text);
  if (pieces) append_ipv6(*pieces, out);
  return pieces ? out : "none";
}

TEST(Ipv4, LetsTheLastPartFillTheBytesThatAreLeft) {
  EXPECT_EQ(ipv4("1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(ipv4("1.2.772"), "1.2.3.4");
  EXPECT_EQ(ipv4("1.131844"), "1.2.3.4");
  EXPECT_EQ(ipv4("16909060"), "1.2.3.4");
}

TEST(Ipv4, RefusesPartsThatAreTooLarge) {
  EXPECT_EQ(ipv4("4294967295"), "255.255.255.255");
  EXPECT_EQ(ipv4("4294967296"), "none");
  EXPECT_EQ(ipv4("1.16777216"), "none");
  EXPECT_EQ(ipv4("1.2.65536"), "none");
  EXPECT_EQ(ipv4("1.2.3.256"), "none");
  EXPECT_EQ(ipv4("256.1"), "none");
  EXPECT_EQ(ipv4("18446744073709551617"), "none");  // 1, had it wrapped around
}

TEST(Ipv4, ReadsHexAndOctal) {
  EXPECT_EQ(ipv4("0xFf.0Xa.010.0"), "255.10.8.0");
  EXPECT_EQ(ipv4("0x"), "0.0.0.0");
  EXPECT_EQ(ipv4("08"), "none");
  EXPECT_EQ(ipv4("0xg"), "none");
}

TEST(Ipv4, TakesFourPartsAndADotAtMost) {
  EXPECT_EQ(ipv4("1.2.3.4."), "1.2.3.4");
  EXPECT_EQ(ipv4("1.2.3.4.."), "none");
  EXPECT_EQ(ipv4("1.2.3.4.5"), "none");
  EXPECT_EQ(ipv4("1..2"), "none");
}

TEST(Ipv4, IsWhatADomainMustBeWhoseLastLabelIsANumber) {
  EXPECT_TRUE(ends_in_number("a.b.09"));
  EXPECT_TRUE(ends_in_number("a.0x."));
  EXPECT_FALSE(ends_in_number("1.a"));
  EXPECT_FALSE(ends_in_number("a.0xg"));
  EXPECT_FALSE(ends_in_number("1.."));
  EXPECT_FALSE(ends_in_number("."));
}

TEST(Ipv6, CompressesTheFirstLongestRunOfZeros) {
  EXPECT_EQ(ipv6("1:0:0:2:0:0:0:3"), "1:0:0:2::3");
  EXPECT_EQ(ipv6("1:0:0:2:3:0:0:4"), "1::2:3:0:0:4");
  EXPECT_EQ(ipv6("0:1:2:3:4:5:6:0"), "0:1:2:3:4:5:6:0");
  EXPECT_EQ(ipv6("0:0:0:0:0:0:0:0"), "::");
  EXPECT_EQ(ipv6("1:0:0:0:0:0:0:0"), "1::");
  EXPECT_EQ(ipv6("ABCD:00ef:1:1:1:1:0:0"), "abcd:ef:1:1:1:1::");
}

TEST(Ipv6, TakesOneCompressionAnywhere) {
  EXPECT_EQ(ipv6("::"), "::");
  EXPECT_EQ(ipv6("::1"), "::1");
  EXPECT_EQ(ipv6("1::"), "1::");
  EXPECT_EQ(ipv6("1:2:3:4:5:6:7::"), "1:2:3:4:5:6:7:0");
  EXPECT_EQ(ipv6("1::2::3"), "none");
  EXPECT_EQ(ipv6("1:2:3:4:5:6:7:8::"), "none");
}

TEST(Ipv6, TakesIpv4AtItsEnd) {
  EXPECT_EQ(ipv6("::1.2.3.4"), "::102:304");
  EXPECT_EQ(ipv6("1:2:3:4:5:6:255.0.0.1"), "1:2:3:4:5:6:ff00:1");
  EXPECT_EQ(ipv6("1:2:3:4:5:6:7:1.2.3.4"), "none");
  EXPECT_EQ(ipv6("::2:3:4:5:6:7:1.2.3.4"), "none");
  EXPECT_EQ(ipv6("::1.2.3"), "none");
  EXPECT_EQ(ipv6("::1.2.3.4.5"), "none");
  EXPECT_EQ(ipv6("::1.2.3.04"), "none");
  EXPECT_EQ(ipv6("::1.2.3.256"), "none");
  EXPECT_EQ(ipv6("::1.2.3.4:5"), "none");
}

TEST(Ipv6, RefusesWhatIsNone) {
  EXPECT_EQ(ipv6(""), "none");
  EXPECT_EQ(ipv6(":"), "none");
  EXPECT_EQ(ipv6(":1"), "none");
  EXPECT_EQ(ipv6("1:"), "none");
  EXPECT_EQ(ipv6("1:2:3:4:5:6:7"), "none");
  EXPECT_EQ(ipv6("1:2:3:4:5:6:7:8:9"), "none");
  EXPECT_EQ(ipv6("12345::"), "none");
  EXPECT_EQ(ipv6("g::"), "none");
  EXPECT_EQ(ipv6("fe80::1%eth0"), "none");
}

}  // namespace
}  // namespace parse
