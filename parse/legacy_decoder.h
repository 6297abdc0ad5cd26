// The encodings other than UTF-8, read into UTF-8.
//
//   decode_legacy("caf\xE9", "windows-1252");  // "café"
//
// Contract: total and linear; `encoding` is a name that encoding_of_label gives. Malformed bytes are U+FFFD.
// Single-byte encodings are the standard's to the byte; the multi-byte ones are ICU's nearest tables.
// Source: https://encoding.spec.whatwg.org/#legacy-single-byte-encodings
#pragma once

#include <string>
#include <string_view>

namespace parse {

std::string decode_legacy(std::string_view bytes, std::string_view encoding);

}  // namespace parse
