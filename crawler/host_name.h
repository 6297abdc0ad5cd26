// What the servers of a URL are known by: its host's name, with the port unless that is the scheme's own.
//
//   host_name(*Url::parse("https://example.com/a"));      // "example.com", as of http://example.com/
//   host_name(*Url::parse("http://example.com:8080/"));   // "example.com:8080"
//
// Contract: pure. http and https at their own ports are one host.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "parse/url.h"

namespace crawler {

/// None where it is the scheme's own.
inline std::optional<std::uint16_t> other_port(const parse::Url& url) {
  const bool is_own = url.port() == (url.scheme() == "https" ? 443 : 80);
  return is_own ? std::nullopt : std::optional(url.port());
}

inline std::string host_name(const parse::Url& url) {
  std::string name(url.host());
  if (const std::optional<std::uint16_t> port = other_port(url)) name += ':' + std::to_string(*port);
  return name;
}

}  // namespace crawler
