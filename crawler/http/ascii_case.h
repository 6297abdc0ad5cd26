// Names of hosts without regard to case, as DNS compares them.
//
//   in_lower_case("Example.COM");   // "example.com"
//
// Contract: ASCII only; what stands for other letters is left as it is. Source: RFC 4343
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace crawler::http {

inline std::string in_lower_case(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

}  // namespace crawler::http
