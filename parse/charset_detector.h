// A guess at the encoding of bytes that declare none.
//
//   guess_encoding("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0!");  // "windows-1251"
//   guess_encoding("caf\xE9");                                  // "windows-1252": too little to go by
//
// Contract: total, linear, thread-safe; the name is the standard's. Judged are the words that hold bytes from
// 0x80 on, until they make 1,024 bytes: more of them hardly better the guess, and uchardet is slow. If these
// are UTF-8 but for a stray byte, the answer is UTF-8, whatever comes after. What uchardet says counts only
// if undeclared pages use that encoding; else the answer is windows-1252. For other alphabets than Latin some
// 30 letters are mostly enough; in Latin script fewer than eight letters beyond ASCII say nothing, and
// Icelandic is often taken for Lithuanian. Source:
// https://html.spec.whatwg.org/#determining-the-character-encoding, the step of autodetection.
#pragma once

#include <string_view>

namespace parse {

std::string_view guess_encoding(std::string_view bytes);

}  // namespace parse
