// Which addresses are not of the public Internet: this machine's, a local network's, and what nobody may use
// as a server.
//
//   if (is_private(*peer)) refuse();            // 10.0.0.1, ::1, ::ffff:10.0.0.1, 64:ff9b::a00:1
//   is_private_literal("[::1]");                // true: the host of a URL that is an address
//   is_private_literal("localhost");            // false: a name, to be judged by the addresses it has
//
// Contract: pure. Whatever IANA's registries do not call globally reachable is private, and so is whatever is
// neither IPv4 nor IPv6. An IPv6 address that carries one of IPv4 is judged by that, or private. A `sockaddr`
// is as long as its family says; a literal is spelled as Url::host() spells it. Source:
// https://www.iana.org/assignments/iana-ipv4-special-registry,
// https://www.iana.org/assignments/iana-ipv6-special-registry,
// https://www.iana.org/assignments/ipv6-address-space; RFC 6890
#pragma once

#include <string_view>
#include <sys/socket.h>

namespace crawler::http {

bool is_private(const sockaddr& address);
bool is_private_literal(std::string_view url_host);

}  // namespace crawler::http
