// Finds the first of a few bytes, many bytes at a time.
//
//   find_byte<'<', '&'>(at, end);  // the first '<' or '&' from `at` on; `end` if there is none
//
// Contract: pure, total, linear; reads nothing outside [at, end). For a single byte: memchr.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

namespace parse {

template <char... kSought>
constexpr bool is_any_of(char c) {
  return ((c == kSought) || ...);
}

/// As find_byte, eight bytes at a time.
template <char... kSought>
const char* find_byte_by_words(const char* at, const char* end) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  for (std::uint64_t word = 0; end - at >= 8; at += 8) {
    std::memcpy(&word, at, sizeof word);
    // Beyond the first zero byte a borrow may report more of them: so the byte itself is found below.
    const auto has_zero = [](std::uint64_t bytes) { return ((bytes - kOnes) & ~bytes & kHighBits) != 0; };
    if ((has_zero(word ^ (kOnes * static_cast<unsigned char>(kSought))) || ...)) break;
  }
  while (at != end && !is_any_of<kSought...>(*at)) ++at;
  return at;
}

#if defined(__SSE2__)

/// Moves `at` on by sixteen bytes at a time, to what is sought: true, or to where fewer are left: false.
template <char... kSought>
bool find_byte_by_vectors(const char*& at, const char* end) {
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    __m128i found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(kSought)))), ...);
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (bits == 0) continue;
    at += std::countr_zero(bits);
    return true;
  }
  return false;
}

#elif defined(__ARM_NEON)

template <char... kSought>
bool find_byte_by_vectors(const char*& at, const char* end) {
  for (; end - at >= 16; at += 16) {
    const uint8x16_t bytes = vld1q_u8(reinterpret_cast<const std::uint8_t*>(at));
    uint8x16_t found = vdupq_n_u8(0);
    ((found = vorrq_u8(found, vceqq_u8(bytes, vdupq_n_u8(static_cast<std::uint8_t>(kSought))))), ...);
    // Four bits of the word for each byte.
    const uint8x8_t nibbles = vshrn_n_u16(vreinterpretq_u16_u8(found), 4);
    const std::uint64_t bits = vget_lane_u64(vreinterpret_u64_u8(nibbles), 0);
    if (bits == 0) continue;
    at += std::countr_zero(bits) / 4;
    return true;
  }
  return false;
}

#else

template <char... kSought>
bool find_byte_by_vectors(const char*&, const char*) {
  return false;
}

#endif

template <char... kSought>
const char* find_byte(const char* at, const char* end) {
  if constexpr (sizeof...(kSought) == 1) {
    // memchr takes no null pointer, whatever the size.
    const void* const found =
        at == end ? nullptr : std::memchr(at, (kSought, ...), static_cast<std::size_t>(end - at));
    return found != nullptr ? static_cast<const char*>(found) : end;
  } else {
    return find_byte_by_vectors<kSought...>(at, end) ? at : find_byte_by_words<kSought...>(at, end);
  }
}

}  // namespace parse
