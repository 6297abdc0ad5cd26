#include "parse/percent_encode.h"

#include <cstddef>

#include "parse/utf8.h"

namespace parse {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

}  // namespace

void append_escape(char byte, std::string& out) {
  const auto value = static_cast<unsigned char>(byte);
  out.push_back('%');
  out.push_back(kHexDigits[value >> 4]);
  out.push_back(kHexDigits[value & 0xF]);
}

void append_percent_encoded(std::string_view text, const ByteSet& set, std::string& out) {
  const std::size_t plain = set.find_in(text);
  out.append(text.substr(0, plain));
  text.remove_prefix(plain);
  if (text.empty()) return;

  // Every set holds all that is not ASCII, so what came before is sound.
  std::string repaired;
  if (!is_utf8(text)) {
    repaired = repair_utf8(text);
    text = repaired;
  }
  for (const char c : text) {
    if (set.contains(c)) {
      append_escape(c, out);
    } else {
      out.push_back(c);
    }
  }
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<char> escaped = read_escape(text.substr(i));
    decoded.push_back(escaped.value_or(text[i]));
    if (escaped) i += 2;
  }
  return decoded;
}

}  // namespace parse
