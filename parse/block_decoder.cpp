#include "parse/block_decoder.h"

#include <algorithm>
#include <cstddef>

#include "parse/ascii.h"
#include "parse/charset_prescan.h"
#include "parse/legacy_decoder.h"
#include "parse/utf8.h"

namespace parse {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  std::string_view encoding;
  bool is_mark;
};

constexpr Signature kSignatures[] = {
    {"\xEF\xBB\xBF"sv, "UTF-8", true}, {"\xFE\xFF"sv, "UTF-16BE", true}, {"\xFF\xFE"sv, "UTF-16LE", true},
    {"\0<"sv, "UTF-16BE", false},      {"<\0"sv, "UTF-16LE", false},
};

/// The encoding; takes the byte order mark off `bytes`.
std::string_view find_encoding(std::string_view& bytes) {
  for (const Signature& signature : kSignatures) {
    if (!bytes.starts_with(signature.bytes)) continue;
    if (signature.is_mark) bytes.remove_prefix(signature.bytes.size());
    return signature.encoding;
  }
  return prescan_xml(strip_spaces(bytes)).value_or("UTF-8");
}

/// Where none of so many bytes is a character of its own, they are no markup, and one character may be lost.
constexpr std::size_t kMaxHeld = 64 * 1024;

/// Where `bytes` can be cut so that no character is.
std::size_t find_cut(std::string_view bytes, std::string_view encoding) {
  if (encoding.starts_with("UTF-16")) {
    std::size_t cut = bytes.size() & ~std::size_t{1};
    if (cut == 0) return 0;
    const char high = bytes[encoding == "UTF-16BE" ? cut - 2 : cut - 1];
    if ((high & '\xFC') == '\xD8') cut -= 2;  // half a surrogate pair
    return cut;
  }
  // Below '0' a byte is itself in every encoding but ISO-2022-JP, whose lines begin and end in ASCII.
  const bool is_by_lines = encoding == "ISO-2022-JP";
  const auto is_whole = [&](char c) {
    return is_by_lines ? c == '\n' : static_cast<unsigned char>(c) < static_cast<unsigned char>('0');
  };
  const auto last = std::find_if(bytes.rbegin(), bytes.rend(), is_whole);
  const auto cut = static_cast<std::size_t>(bytes.rend() - last);
  return cut == 0 && bytes.size() > kMaxHeld ? bytes.size() : cut;
}

}  // namespace

std::string BlockDecoder::decode(std::string_view block, Last last) {
  held_ += block;
  std::string_view bytes = held_;
  if (encoding_.empty()) encoding_ = find_encoding(bytes);
  const std::size_t cut = last == Last::yes ? bytes.size() : find_cut(bytes, encoding_);
  const std::string_view whole = bytes.substr(0, cut);
  std::string text = encoding_ == "UTF-8" ? repair_utf8(whole) : decode_legacy(whole, encoding_);
  held_.assign(bytes.substr(cut));
  return text;
}

}  // namespace parse
