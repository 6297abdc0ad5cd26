#include "parse/multi_byte_decoder.h"

#include <cstddef>

#include "parse/charset_index.h"
#include "parse/decode_runs.h"

namespace parse {
namespace {

constexpr bool is_within(unsigned byte, unsigned first, unsigned last) {
  return byte >= first && byte <= last;
}

unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

/// A malformed sequence of `length` bytes; but its last byte, if that is ASCII, stands for itself.
Character malformed(std::string_view bytes, std::size_t length) {
  return {.length = byte_at(bytes, length - 1) < 0x80 ? length - 1 : length};
}

/// The sequence of `length` bytes, of which the index told the code point.
Character found(std::string_view bytes, std::size_t length, char32_t code_point) {
  if (code_point == 0) return malformed(bytes, length);
  return {.code_point = code_point, .length = length};
}

Character read_big5(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  if (!is_within(lead, 0x81, 0xFE) || bytes.size() == 1) return {};
  const unsigned trail = byte_at(bytes, 1);
  if (!is_within(trail, 0x40, 0x7E) && !is_within(trail, 0xA1, 0xFE)) return malformed(bytes, 2);

  const unsigned pointer = (lead - 0x81) * 157 + trail - (trail < 0x7F ? 0x40 : 0x62);
  switch (pointer) {
    case 1133:
      return {0xCA, 2, 0x304};
    case 1135:
      return {0xCA, 2, 0x30C};
    case 1164:
      return {0xEA, 2, 0x304};
    case 1166:
      return {0xEA, 2, 0x30C};
    default:
      return found(bytes, 2, index_big5()[pointer]);
  }
}

Character read_euc_jp(std::string_view bytes) {
  constexpr unsigned kKatakana = 0x8E;
  constexpr unsigned kJis0212 = 0x8F;
  const auto is_kanji = [](unsigned byte) { return is_within(byte, 0xA1, 0xFE); };
  const auto pointer = [&](std::size_t at) {
    return (byte_at(bytes, at) - 0xA1) * 94 + byte_at(bytes, at + 1) - 0xA1;
  };

  const unsigned lead = byte_at(bytes, 0);
  if ((lead != kKatakana && lead != kJis0212 && !is_kanji(lead)) || bytes.size() == 1) return {};
  const unsigned second = byte_at(bytes, 1);
  if (lead == kKatakana && is_within(second, 0xA1, 0xDF)) return {0xFF61 - 0xA1 + second, 2};
  if (!is_kanji(second) || lead == kKatakana) return malformed(bytes, 2);
  if (lead != kJis0212) return found(bytes, 2, index_jis0208()[pointer(0)]);

  if (bytes.size() == 2) return {.length = 2};
  if (!is_kanji(byte_at(bytes, 2))) return malformed(bytes, 3);
  return found(bytes, 3, index_jis0212()[pointer(1)]);
}

Character read_euc_kr(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  if (!is_within(lead, 0x81, 0xFE) || bytes.size() == 1) return {};
  const unsigned trail = byte_at(bytes, 1);
  if (!is_within(trail, 0x41, 0xFE)) return malformed(bytes, 2);
  return found(bytes, 2, index_euc_kr()[(lead - 0x81) * 190 + trail - 0x41]);
}

/// After a lead byte and a digit.
Character read_four_bytes(std::string_view bytes) {
  if (bytes.size() == 2) return {.length = 2};
  const unsigned third = byte_at(bytes, 2);
  if (!is_within(third, 0x81, 0xFE)) return {};
  if (bytes.size() == 3) return {.length = 3};
  const unsigned fourth = byte_at(bytes, 3);
  if (!is_within(fourth, '0', '9')) return {};

  const std::size_t pointer = (byte_at(bytes, 0) - 0x81) * 12'600 + (byte_at(bytes, 1) - '0') * 1260 +
                              (third - 0x81) * 10 + fourth - '0';
  const char32_t code_point = gb18030_four_byte(pointer);
  return {.code_point = code_point == 0 ? kReplacementCodePoint : code_point, .length = 4};
}

Character read_gb18030(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  if (lead == 0x80) return {.code_point = U'€'};
  if (lead == 0xFF || bytes.size() == 1) return {};
  const unsigned trail = byte_at(bytes, 1);
  if (is_within(trail, '0', '9')) return read_four_bytes(bytes);
  if (!is_within(trail, 0x40, 0x7E) && !is_within(trail, 0x80, 0xFE)) return malformed(bytes, 2);
  return found(bytes, 2, index_gb18030()[(lead - 0x81) * 190 + trail - (trail < 0x7F ? 0x40 : 0x41)]);
}

Character read_shift_jis(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  if (lead == 0x80) return {.code_point = 0x80};
  if (is_within(lead, 0xA1, 0xDF)) return {.code_point = 0xFF61 - 0xA1 + lead};
  if (lead == 0xA0 || lead > 0xFC || bytes.size() == 1) return {};
  const unsigned trail = byte_at(bytes, 1);
  if (!is_within(trail, 0x40, 0x7E) && !is_within(trail, 0x80, 0xFC)) return malformed(bytes, 2);
  const unsigned pointer = (lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 188 + trail - (trail < 0x7F ? 0x40 : 0x41);
  return found(bytes, 2, index_jis0208()[pointer]);
}

}  // namespace

std::string decode_big5(std::string_view bytes) { return decode_runs(bytes, read_big5); }
std::string decode_euc_jp(std::string_view bytes) { return decode_runs(bytes, read_euc_jp); }
std::string decode_euc_kr(std::string_view bytes) { return decode_runs(bytes, read_euc_kr); }
std::string decode_gb18030(std::string_view bytes) { return decode_runs(bytes, read_gb18030); }
std::string decode_shift_jis(std::string_view bytes) { return decode_runs(bytes, read_shift_jis); }

}  // namespace parse
