// The character encoding of a document, and its text as UTF-8.
//
//   const Decoded page = decode(body, "text/html; charset=Shift_JIS", Markup::html);
//   page.text;     // UTF-8; malformed bytes are U+FFFD
//   page.charset;  // "Shift_JIS", as the WHATWG names it
//
// The same in two steps, for who need not copy what is UTF-8 already:
//   const Encoded found = find_charset(body, type, Markup::html);
//   if (!is_valid_utf8(found)) text = to_utf8(found);
//
// Contract: pure and total, linear in the input, thread-safe. Order: BOM, Content-Type, UTF-16 that begins
// with an XML declaration, <meta> in the first 1,024 bytes (Markup::html only), an XML declaration, UTF-8 if
// the bytes are valid UTF-8, a <meta> in the first 64 KiB (Markup::html only), a guess from the bytes
// (charset_detector.h), windows-1252. The text is at most three times as long as the bytes. Source:
// https://encoding.spec.whatwg.org/ and https://html.spec.whatwg.org/#determining-the-character-encoding
#pragma once

#include <string>
#include <string_view>

namespace parse {

enum class Markup { html, other };

struct Decoded {
  std::string text;
  std::string_view charset;  // the standard's name of the encoding; static storage
};

struct Encoded {
  std::string_view bytes;  // without a byte order mark
  std::string_view charset;
};

Encoded find_charset(std::string_view bytes, std::string_view content_type, Markup markup);
/// Whether the bytes are the text as it stands.
bool is_valid_utf8(const Encoded& document);
std::string to_utf8(const Encoded& document);

/// Both in one.
Decoded decode(std::string_view bytes, std::string_view content_type, Markup markup);

}  // namespace parse
