#include "parse/encoding.h"

#include <cstddef>
#include <optional>

#include "parse/ascii.h"
#include "parse/charset_detector.h"
#include "parse/charset_label.h"
#include "parse/charset_prescan.h"
#include "parse/legacy_decoder.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr std::string_view kUtf8 = "UTF-8";

struct ByteOrderMark {
  std::string_view bytes;
  std::string_view encoding;
};

constexpr ByteOrderMark kMarks[] = {
    {"\xEF\xBB\xBF", kUtf8}, {"\xFE\xFF", "UTF-16BE"}, {"\xFF\xFE", "UTF-16LE"}};

/// The first charset parameter of a media type; parameters inside quotes are not taken for it.
std::optional<std::string> charset_parameter(std::string_view content_type) {
  std::size_t at = content_type.find(';');
  while (at < content_type.size()) {
    const std::size_t equals = content_type.find_first_of("=;", ++at);
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = strip_spaces(content_type.substr(at, equals - at));
    at = equals;
    if (content_type[at] == ';') continue;

    std::string value;
    if (content_type.substr(++at).starts_with('"')) {
      for (++at; at < content_type.size() && content_type[at] != '"'; ++at) {
        if (content_type[at] == '\\' && at + 1 < content_type.size()) ++at;
        value += content_type[at];
      }
      at = content_type.find(';', at);
    } else {
      const std::size_t start = at;
      at = content_type.find(';', at);
      value = content_type.substr(start, at == std::string_view::npos ? at : at - start);
    }
    if (equals_ignoring_case(name, "charset")) return value;
  }
  return std::nullopt;
}

std::string_view find_encoding(std::string_view bytes, std::string_view content_type, Markup markup) {
  if (const auto label = charset_parameter(content_type))
    if (const auto encoding = encoding_of_label(*label)) return *encoding;
  if (const auto encoding = prescan_utf16(bytes)) return *encoding;
  if (markup == Markup::html)
    if (const auto encoding = prescan_meta(bytes)) return *encoding;
  if (const auto encoding = prescan_xml(bytes)) return *encoding;
  if (is_utf8(bytes)) return kUtf8;
  // https://html.spec.whatwg.org/#change-the-encoding: what browsers come to later, they read anew by.
  if (markup == Markup::html)
    if (const auto encoding = prescan_late_meta(bytes)) return *encoding;
  return guess_encoding(bytes);
}

}  // namespace

Encoded find_charset(std::string_view bytes, std::string_view content_type, Markup markup) {
  for (const ByteOrderMark& mark : kMarks)
    if (bytes.starts_with(mark.bytes)) return {bytes.substr(mark.bytes.size()), mark.encoding};
  return {bytes, find_encoding(bytes, content_type, markup)};
}

bool is_valid_utf8(const Encoded& document) { return document.charset == kUtf8 && is_utf8(document.bytes); }

std::string to_utf8(const Encoded& document) {
  return document.charset == kUtf8 ? repair_utf8(document.bytes)
                                   : decode_legacy(document.bytes, document.charset);
}

Decoded decode(std::string_view bytes, std::string_view content_type, Markup markup) {
  const Encoded found = find_charset(bytes, content_type, markup);
  return {to_utf8(found), found.charset};
}

}  // namespace parse
