#include "parse/utf16_decoder.h"

#include <cstddef>

#include "parse/utf8.h"

namespace parse {
namespace {

constexpr bool is_leading(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool is_trailing(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace

std::string decode_utf16(std::string_view bytes, ByteOrder order) {
  const std::size_t high = order == ByteOrder::big ? 0 : 1;
  const auto unit_at = [&](std::size_t i) {
    const auto byte = [&](std::size_t at) { return char32_t{static_cast<unsigned char>(bytes[at])}; };
    return byte(i + high) << 8 | byte(i + 1 - high);
  };

  // A unit of two bytes is three of UTF-8 at most, and so is what is cut off.
  std::string out;
  out.resize_and_overwrite(3 * (bytes.size() / 2 + 1), [&](char* const begin, std::size_t) {
    char* to = begin;
    std::size_t at = 0;
    while (bytes.size() - at >= 2) {
      const char32_t unit = unit_at(at);
      if (is_leading(unit)) {
        if (bytes.size() - at < 4) break;
        const char32_t next = unit_at(at + 2);
        if (is_trailing(next)) {
          to = write_utf8(0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00), to);
          at += 4;
          continue;
        }
      }
      to = write_utf8(unit, to);  // U+FFFD, if it is half of a pair
      at += 2;
    }
    if (at < bytes.size()) to = write_utf8(kReplacementCodePoint, to);
    return static_cast<std::size_t>(to - begin);
  });
  return out;
}

}  // namespace parse
