// Whether two IP addresses begin with the same bits, as the members of one network do.
//
//   begin_alike(address, network, 20);          // in network/20
//
// Contract: pure; both hold at least that many bits, the first ones first (network byte order).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace crawler::http {

constexpr bool begin_alike(const std::uint8_t* a, const std::uint8_t* b, std::size_t bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(a, a + whole, b)) return false;
  const std::size_t rest = bits % 8;
  return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

}  // namespace crawler::http
