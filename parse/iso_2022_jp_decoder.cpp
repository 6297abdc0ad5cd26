#include "parse/iso_2022_jp_decoder.h"

#include <cstddef>
#include <optional>

#include "parse/charset_index.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr char kEscape = '\x1B';

enum class CharacterSet { ascii, roman, katakana, jis0208 };

/// The set that an escape sequence changes to, of which these are the bytes after its first.
std::optional<CharacterSet> designated_by(std::string_view bytes) {
  if (bytes == "(B") return CharacterSet::ascii;
  if (bytes == "(J") return CharacterSet::roman;
  if (bytes == "(I") return CharacterSet::katakana;
  if (bytes == "$@" || bytes == "$B") return CharacterSet::jis0208;
  return std::nullopt;
}

char32_t code_point_of(unsigned char byte, CharacterSet set) {
  if (set == CharacterSet::katakana)
    return byte >= 0x21 && byte <= 0x5F ? char32_t{0xFF61 - 0x21} + byte : kReplacementCodePoint;
  if (byte >= 0x80 || byte == 0x0E || byte == 0x0F) return kReplacementCodePoint;
  if (set == CharacterSet::roman && byte == '\\') return U'¥';
  if (set == CharacterSet::roman && byte == '~') return U'‾';
  return byte;
}

bool is_kanji_byte(unsigned char byte) { return byte >= 0x21 && byte <= 0x7E; }

char32_t kanji_of(unsigned char lead, unsigned char trail) {
  if (!is_kanji_byte(trail)) return kReplacementCodePoint;
  const char32_t code_point = index_jis0208()[(lead - 0x21U) * 94 + trail - 0x21U];
  return code_point == 0 ? kReplacementCodePoint : code_point;
}

}  // namespace

std::string decode_iso_2022_jp(std::string_view bytes) {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  CharacterSet set = CharacterSet::ascii;
  bool is_after_escape = false;
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] == kEscape) {
      const auto next = designated_by(bytes.substr(at + 1, 2));
      if (!next || is_after_escape) out += kReplacement;
      is_after_escape = next.has_value();
      set = next.value_or(set);
      at += next ? 3 : 1;
      continue;
    }

    is_after_escape = false;
    if (set != CharacterSet::jis0208) {
      append_utf8(code_point_of(byte_at(at), set), out);
      ++at;
    } else if (!is_kanji_byte(byte_at(at)) || at + 1 == bytes.size() || bytes[at + 1] == kEscape) {
      out += kReplacement;
      ++at;
    } else {
      append_utf8(kanji_of(byte_at(at), byte_at(at + 1)), out);
      at += 2;
    }
  }
  return out;
}

}  // namespace parse
