// A document: its first byte chooses what it is declared as, if at all. What holds of every text is asked of
// it.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parse/charset_label.h"
#include "parse/encoding.h"
#include "parse/utf8.h"

namespace {

constexpr auto kLabels = std::to_array<std::string_view>(
    {"", "", "", "", "utf-8", "gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "iso-2022-jp",
     "utf-16be", "utf-16le", "replacement", "x-user-defined", "windows-1252", "windows-874", "iso-8859-16"});

void require(bool holds) {
  if (!holds) std::abort();
}

/// Whether ASCII means itself in it, after any other byte.
bool keeps_ascii(std::string_view encoding) {
  return !encoding.starts_with("UTF-16") && encoding != "ISO-2022-JP" && encoding != "replacement";
}

void check(std::string_view bytes, std::string_view content_type, parse::Markup markup) {
  const parse::Decoded page = parse::decode(bytes, content_type, markup);
  require(parse::encoding_of_label(page.charset) == page.charset);
  require(parse::is_utf8(page.text));
  require(page.text.size() <= 3 * bytes.size());
  require(parse::decode(bytes, content_type, markup).text == page.text);
  if (!keeps_ascii(page.charset)) return;
  if (parse::ascii_prefix(bytes) == bytes.size()) require(page.text == bytes);
  // No byte hides what would be markup: neither is part of a character of several bytes.
  for (const char c : {'<', '"'}) require(std::ranges::count(page.text, c) == std::ranges::count(bytes, c));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::string_view label = kLabels[data[0] % kLabels.size()];
  const std::string content_type = label.empty() ? "text/html" : "text/html; charset=" + std::string(label);
  check(bytes, content_type, data[0] < 0x80 ? parse::Markup::html : parse::Markup::other);
  return 0;
}
