#include "parse/utf8.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace parse {
namespace {

struct Sequence {
  std::size_t length;  // of the sequence, or of the maximal part of a malformed one
  bool is_valid;
};

/// The sequence at the front of `bytes`, which does not start with ASCII.
Sequence read_sequence(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = byte(0);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return {1, false};

  // The second byte's range keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < length; ++i) {
    if (i == bytes.size() || byte(i) < low || byte(i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

}  // namespace

std::size_t ascii_prefix(std::string_view bytes) {
  std::size_t i = 0;
  for (std::array<std::uint64_t, 4> words{}; i + sizeof words <= bytes.size(); i += sizeof words) {
    std::memcpy(words.data(), bytes.data() + i, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080U) != 0) break;
  }
  for (std::uint64_t word = 0; i + sizeof word <= bytes.size(); i += sizeof word) {
    std::memcpy(&word, bytes.data() + i, sizeof word);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) < 0x80) ++i;
  return i;
}

std::size_t utf8_prefix(std::string_view bytes) {
  for (std::size_t i = 0;;) {
    i += ascii_prefix(bytes.substr(i));
    if (i == bytes.size()) return i;
    // Outside of Latin script the next is none of ASCII's either.
    while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) >= 0x80) {
      const Sequence sequence = read_sequence(bytes.substr(i));
      if (!sequence.is_valid) return i;
      i += sequence.length;
    }
  }
}

bool is_utf8(std::string_view bytes) { return utf8_prefix(bytes) == bytes.size(); }

std::string repair_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (;;) {
    const std::size_t valid = utf8_prefix(bytes);
    out += bytes.substr(0, valid);
    bytes.remove_prefix(valid);
    if (bytes.empty()) return out;
    out += kReplacement;
    bytes.remove_prefix(read_sequence(bytes).length);
  }
}

void append_utf8(char32_t code_point, std::string& out) {
  std::array<char, kLongestUtf8> sequence;
  out.append(sequence.data(), write_utf8(code_point, sequence.data()));
}

}  // namespace parse
