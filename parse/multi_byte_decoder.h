// The encodings of East Asia whose bytes from 0x80 on lead two, three or four bytes.
//
//   decode_shift_jis("\x93\xFA");   // "日"
//   decode_shift_jis("\x81<b>");    // "\uFFFD<b>": ASCII is never part of a malformed sequence
//
// Contract: total, linear, thread-safe. One U+FFFD for each error of the standard's decoders.
// Source: https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(simplified)-encodings and those after
// it
#pragma once

#include <string>
#include <string_view>

namespace parse {

std::string decode_big5(std::string_view bytes);
std::string decode_euc_jp(std::string_view bytes);
std::string decode_euc_kr(std::string_view bytes);
/// Of GBK too: the standard has one decoder for both.
std::string decode_gb18030(std::string_view bytes);
std::string decode_shift_jis(std::string_view bytes);

}  // namespace parse
