// The 2,231 named character references of HTML, found by name.
//
//   find_named_reference("notin")->text;             // U+2209
//   find_named_reference("amp")->may_lack_semicolon;  // true
//
// Contract: pure; one look into a hash table that the compiler made. Names are without '&' and ';'.
// Source: https://html.spec.whatwg.org/#named-character-references
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace parse {

inline constexpr std::size_t kLongestReferenceName = 31;     // CounterClockwiseContourIntegral
inline constexpr std::size_t kLongestBareReferenceName = 6;  // that may lack its semicolon: Aacute

struct NamedReference {
  std::string_view text;  // UTF-8, static storage
  bool may_lack_semicolon;
};

std::optional<NamedReference> find_named_reference(std::string_view name);

}  // namespace parse
