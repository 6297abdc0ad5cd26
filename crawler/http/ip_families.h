// Which kinds of addresses this machine can use.
//
//   const IpFamilies families = read_ip_families();
//   ask(name, families.has_ipv6 ? AF_UNSPEC : AF_INET);
//
// Contract: as it is now. Where the machine cannot tell, it has IPv4 alone. Source: getifaddrs(3), RFC 6724
// section 2.1: what has a global address prefers IPv6, what has only a unique local one prefers IPv4.
#pragma once

namespace crawler::http {

struct IpFamilies {
  bool has_ipv6 = false;      // an address other than loopback and link-local
  bool prefers_ipv6 = false;  // a global one
};

IpFamilies read_ip_families();

}  // namespace crawler::http
