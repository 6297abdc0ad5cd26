// IP addresses in the host of a URL: read in every spelling that browsers take, written in one.
//
//   parse_ipv4("0x7f.1");    // 0x7F000001
//   parse_ipv6("::ffff:1.2.3.4");
//   append_ipv6({0x2001, 0xdb8, 0, 0, 0, 0, 0, 1}, out);  // "2001:db8::1"
//
// Contract: pure, total, linear; nullopt is not an address. IPv4 is in host byte order; IPv6 is eight pieces,
// the first of the address first, without brackets, zones refused.
//
// Source: https://url.spec.whatwg.org/#host-parsing and #host-serializing
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parse {

using Ipv6Pieces = std::array<std::uint16_t, 8>;

/// Does the last label look like a number, so that the domain has to be an IPv4 address?
bool ends_in_number(std::string_view domain);

/// One to four parts, each decimal, octal (0…) or hex (0x…), a dot after the last allowed.
std::optional<std::uint32_t> parse_ipv4(std::string_view domain);
std::optional<Ipv6Pieces> parse_ipv6(std::string_view text);

void append_ipv4(std::uint32_t address, std::string& out);
/// RFC 5952: lower-case hex, the first longest run of two or more zero pieces as "::".
void append_ipv6(const Ipv6Pieces& pieces, std::string& out);

}  // namespace parse
