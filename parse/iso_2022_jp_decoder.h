// ISO-2022-JP, which changes between character sets by escape sequences.
//
//   decode_iso_2022_jp("\x1B$BF|\x1B(B ok");  // "日 ok"
//
// Contract: total, linear, thread-safe. One U+FFFD for each error of the standard's decoder, of which one is
// an escape sequence right after another: nothing can be hidden between them. Source:
// https://encoding.spec.whatwg.org/#iso-2022-jp-decoder
#pragma once

#include <string>
#include <string_view>

namespace parse {

std::string decode_iso_2022_jp(std::string_view bytes);

}  // namespace parse
