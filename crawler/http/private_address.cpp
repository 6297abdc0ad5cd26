#include "crawler/http/private_address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstddef>
#include <cstdint>
#include <netinet/in.h>
#include <string>

#include "crawler/http/address_prefix.h"

namespace crawler::http {
namespace {

/// The first bytes of an address, and how many of their bits count.
template <std::size_t Size>
struct Range {
  std::array<std::uint8_t, Size> first;
  std::size_t bits;

  /// `address` has at least as many bytes.
  constexpr bool contains(const std::uint8_t* address) const {
    return begin_alike(address, first.data(), bits);
  }
};

constexpr std::array<Range<4>, 15> kPrivateIpv4 = {{
    {{0}, 8},              // "this network": RFC 791
    {{10}, 8},             // private use: RFC 1918
    {{100, 64}, 10},       // shared by a provider's customers: RFC 6598
    {{127}, 8},            // loopback: RFC 1122
    {{169, 254}, 16},      // link-local, and the clouds' metadata services: RFC 3927
    {{172, 16}, 12},       // private use: RFC 1918
    {{192, 0, 0}, 24},     // protocol assignments: RFC 6890
    {{192, 0, 2}, 24},     // documentation: RFC 5737
    {{192, 88, 99}, 24},   // relays of 6to4, given up: RFC 7526
    {{192, 168}, 16},      // private use: RFC 1918
    {{198, 18}, 15},       // benchmarks: RFC 2544
    {{198, 51, 100}, 24},  // documentation: RFC 5737
    {{203, 0, 113}, 24},   // documentation: RFC 5737
    {{224}, 4},            // multicast: RFC 5771
    {{240}, 4},            // reserved, broadcast at its end: RFC 1112, RFC 919
}};

// All that IANA has given out to be routed. Loopback, unique local, link-local and multicast addresses, those
// to discard and the segments of SRv6 lie outside.
constexpr Range<1> kGlobalIpv6 = {{0x20}, 3};
// Within it:
constexpr std::array<Range<4>, 3> kPrivateIpv6 = {{
    // Protocol assignments: RFC 2928. Some of it is reachable, but no part serves pages: anycast of
    // protocols, identifiers of hosts, and Teredo, which hides an IPv4 address.
    {{0x20, 0x01, 0x00, 0x00}, 23},
    {{0x20, 0x01, 0x0D, 0xB8}, 32},  // documentation: RFC 3849
    {{0x3F, 0xFF, 0x00, 0x00}, 20},  // documentation: RFC 9637
}};

// Those that carry an address of IPv4, at their end or after the prefix.
constexpr Range<12> kMapped = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96};  // RFC 4291
constexpr Range<12> kNat64 = {{0x00, 0x64, 0xFF, 0x9B}, 96};                     // RFC 6052
constexpr Range<2> k6to4 = {{0x20, 0x02}, 16};                                   // RFC 3056

bool is_private_ipv4(const std::uint8_t* bytes) {
  return std::ranges::any_of(kPrivateIpv4, [&](const auto& range) { return range.contains(bytes); });
}

bool is_private_ipv6(const std::uint8_t* bytes) {
  if (kMapped.contains(bytes) || kNat64.contains(bytes)) return is_private_ipv4(bytes + 12);
  if (k6to4.contains(bytes)) return is_private_ipv4(bytes + 2);
  return !kGlobalIpv6.contains(bytes) ||
         std::ranges::any_of(kPrivateIpv6, [&](const auto& range) { return range.contains(bytes); });
}

}  // namespace

bool is_private(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    const auto& ipv4 = reinterpret_cast<const sockaddr_in&>(address);
    return is_private_ipv4(reinterpret_cast<const std::uint8_t*>(&ipv4.sin_addr));
  }
  if (address.sa_family == AF_INET6)
    return is_private_ipv6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
  return true;
}

bool is_private_literal(std::string_view url_host) {
  std::array<std::uint8_t, sizeof(in6_addr)> bytes{};
  if (url_host.starts_with('[') && url_host.ends_with(']')) {
    const std::string inside(url_host.substr(1, url_host.size() - 2));
    return inet_pton(AF_INET6, inside.c_str(), bytes.data()) == 1 && is_private_ipv6(bytes.data());
  }
  return inet_pton(AF_INET, std::string(url_host).c_str(), bytes.data()) == 1 &&
         is_private_ipv4(bytes.data());
}

}  // namespace crawler::http
