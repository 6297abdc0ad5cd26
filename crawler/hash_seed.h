// A key for hashes that nobody else knows, so that no site can make two of its names collide.
//
//   const std::uint64_t seed = random_hash_seed();
//   XXH3_64bits_withSeed(text.data(), text.size(), seed);
//
// Contract: another one each time; std::random_device's errors are thrown.
#pragma once

#include <cstdint>
#include <random>

namespace crawler {

inline std::uint64_t random_hash_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

}  // namespace crawler
