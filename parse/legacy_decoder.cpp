#include "parse/legacy_decoder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "parse/utf8.h"

namespace parse {
namespace {

using UpperHalf = std::array<char32_t, 128>;  // code points of the bytes from 0x80 on

struct Patch {
  std::string_view encoding;
  unsigned char byte;
  char32_t code_point;
};

/// Where ICU's single-byte tables differ from the standard's indexes.
constexpr auto kPatches = std::to_array<Patch>({
    {"KOI8-U", 0xAE, 0x045E},
    {"KOI8-U", 0xBE, 0x040E},
    {"windows-1253", 0xAA, 0xFFFD},
    {"windows-1255", 0xCA, 0x05BA},
    {"windows-874", 0xDB, 0xFFFD},
    {"windows-874", 0xDC, 0xFFFD},
    {"windows-874", 0xDD, 0xFFFD},
    {"windows-874", 0xDE, 0xFFFD},
    {"windows-874", 0xFC, 0xFFFD},
    {"windows-874", 0xFD, 0xFFFD},
    {"windows-874", 0xFE, 0xFFFD},
    {"windows-874", 0xFF, 0xFFFD},
});

/// ISO-8859-16 from 0xA0 on, which ICU does not have.
constexpr std::u32string_view kLatin10 =
    U"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸż"
    U"ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";
static_assert(kLatin10.size() == 96);

constexpr auto kMultiByte = std::to_array<std::string_view>(
    {"GBK", "gb18030", "Big5", "EUC-JP", "ISO-2022-JP", "Shift_JIS", "EUC-KR", "UTF-16BE", "UTF-16LE"});

/// The converter whose table is nearest to the standard's index.
const char* icu_name(std::string_view encoding) {
  if (encoding == "EUC-KR") return "windows-949";
  if (encoding == "GBK") return "gb18030";
  if (encoding == "Big5") return "Big5-HKSCS";
  if (encoding == "IBM866") return "ibm-866";
  if (encoding == "ISO-8859-8-I") return "ISO-8859-8";
  return encoding.data();  // names are literals, so they end in NUL
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name, &error));
  if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU has no converter for ") + name);
  return converter;
}

UpperHalf upper_half(std::string_view encoding) {
  UpperHalf table;
  table.fill(0xFFFD);
  if (encoding == "x-user-defined" || encoding == "ISO-8859-16") {
    const bool is_private = encoding == "x-user-defined";
    for (char32_t i = 0; i < table.size(); ++i)
      table[i] = is_private ? 0xF780 + i : i < 0x20 ? 0x80 + i : kLatin10[i - 0x20];
    return table;
  }

  const Converter converter = open_converter(icu_name(encoding));
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char byte = static_cast<char>(0x80 + i);
    const char* source = &byte;
    UErrorCode error = U_ZERO_ERROR;
    const UChar32 code_point = ucnv_getNextUChar(converter.get(), &source, source + 1, &error);
    if (U_SUCCESS(error)) table[i] = static_cast<char32_t>(code_point);
  }
  for (const Patch& patch : kPatches)
    if (patch.encoding == encoding) table[patch.byte - 0x80U] = patch.code_point;
  return table;
}

std::string decode_single_byte(std::string_view bytes, std::string_view encoding) {
  const UpperHalf table = upper_half(encoding);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      out += c;
    else
      append_utf8(table[byte - 0x80U], out);
  }
  return out;
}

/// Writes U+FFFD for each malformed sequence, where ICU's own callback writes U+001A for some. The context is
/// what the byte 0x80 alone means, if anything.
void write_replacement(const void* meaning_of_80, UConverterToUnicodeArgs* args, const char* bytes,
                       std::int32_t size, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  const bool has_meaning = meaning_of_80 != nullptr && size == 1 && *bytes == '\x80';
  const UChar unit = has_meaning ? *static_cast<const UChar*>(meaning_of_80) : 0xFFFD;
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &unit, 1, 0, error);
}

std::string decode_by_icu(std::string_view bytes, std::string_view encoding) {
  const Converter from = open_converter(icu_name(encoding));
  const Converter to = open_converter("UTF-8");
  constexpr static UChar kEuro = 0x20AC;
  const bool has_euro = encoding == "GBK" || encoding == "gb18030";
  UErrorCode callback_error = U_ZERO_ERROR;
  ucnv_setToUCallBack(from.get(), write_replacement, has_euro ? &kEuro : nullptr, nullptr, nullptr,
                      &callback_error);
  std::array<UChar, 4096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  std::array<char, 16 * 1024> chunk;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();

  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  for (bool is_first = true;; is_first = false) {
    char* target = chunk.data();
    UErrorCode error = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, chunk.data() + chunk.size(), &source, end, pivot.data(),
                   &pivot_source, &pivot_target, pivot.data() + pivot.size(), is_first, true, &error);
    out.append(chunk.data(), target);
    if (error != U_BUFFER_OVERFLOW_ERROR) break;
  }
  return out;
}

}  // namespace

std::string decode_legacy(std::string_view bytes, std::string_view encoding) {
  // The standard reads encodings that are unsafe to guess at as one error.
  if (encoding == "replacement") return std::string(bytes.empty() ? "" : kReplacement);
  if (std::ranges::find(kMultiByte, encoding) != kMultiByte.end()) return decode_by_icu(bytes, encoding);
  return decode_single_byte(bytes, encoding);
}

}  // namespace parse
