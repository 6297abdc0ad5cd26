// The encodings other than UTF-8, read into UTF-8.
//
//   decode_legacy("caf\xE9", "windows-1252");  // "café"
//
// Contract: total, linear, thread-safe; `encoding` is a name that encoding_of_label gives, and not UTF-8. The
// text is the standard's to the byte, with one U+FFFD for each of its errors, and at most three times as long
// as the bytes. Source: https://encoding.spec.whatwg.org/#legacy-single-byte-encodings and those after it
#pragma once

#include <string>
#include <string_view>

namespace parse {

std::string decode_legacy(std::string_view bytes, std::string_view encoding);

}  // namespace parse
