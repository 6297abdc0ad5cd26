// Names of hosts and headers without regard to case.
//
//   in_lower_case("Example.COM");   // "example.com"
//
// Contract: ASCII only; what stands for other letters is left as it is. Source: RFC 4343; RFC 9110, 5.1
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace crawler::http {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string in_lower_case(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), to_lower);
  return lower;
}

}  // namespace crawler::http
