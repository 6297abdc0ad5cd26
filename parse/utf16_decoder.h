// UTF-16 in either order of bytes.
//
//   decode_utf16({"\x3D\xD8\x00\xDE", 4}, ByteOrder::little);  // "😀"
//
// Contract: pure, total, linear. Each surrogate without its other half is one U+FFFD, and what is cut off at
// the end is one. Source: https://encoding.spec.whatwg.org/#shared-utf-16-decoder
#pragma once

#include <string>
#include <string_view>

namespace parse {

enum class ByteOrder { big, little };

std::string decode_utf16(std::string_view bytes, ByteOrder order);

}  // namespace parse
