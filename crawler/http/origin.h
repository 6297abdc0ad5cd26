// Where a URL's request goes: its scheme, host and port.
//
//   const Origin origin = origin_of("https://user@example.com:8443/a");
//   origin.key        // "https://user@example.com:8443": requests that may share connections have the same
//   origin.host       // "example.com"; an IPv6 address keeps its brackets
//   origin.port       // 8443
//
// Contract: pure; for absolute http and https URLs as WHATWG serialises them. The views live as long as the
// URL.
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace crawler::http {

struct Origin {
  std::string_view key;
  std::string_view host;
  std::uint16_t port = 0;
  bool is_https = false;

  /// Whether the host is an address in itself, so that there is nothing to look up. (WHATWG: a last label
  /// that is a number makes the whole an IPv4 address.)
  bool is_address() const {
    const std::string_view last_label = host.substr(host.rfind('.') + 1);  // npos + 1 is 0
    return host.starts_with('[') ||
           (!last_label.empty() && last_label.find_first_not_of("0123456789") == std::string_view::npos);
  }
};

inline Origin origin_of(std::string_view url) {
  Origin origin;
  origin.is_https = url.starts_with("https:");
  const std::size_t authority_begin = url.find("://") + 3;
  origin.key = url.substr(0, url.find('/', authority_begin));  // WHATWG: a path is never empty
  origin.host = origin.key.substr(authority_begin);
  origin.host.remove_prefix(origin.host.rfind('@') + 1);  // npos + 1 is 0
  origin.port = origin.is_https ? 443 : 80;
  const std::size_t colon = origin.host.find(':', origin.host.starts_with('[') ? origin.host.find(']') : 0);
  if (colon != std::string_view::npos) {
    const std::string_view port = origin.host.substr(colon + 1);
    std::from_chars(port.data(), port.data() + port.size(), origin.port);
    origin.host = origin.host.substr(0, colon);
  }
  return origin;
}

}  // namespace crawler::http
