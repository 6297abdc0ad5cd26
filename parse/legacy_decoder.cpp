#include "parse/legacy_decoder.h"

#include "parse/iso_2022_jp_decoder.h"
#include "parse/multi_byte_decoder.h"
#include "parse/single_byte_decoder.h"
#include "parse/utf16_decoder.h"
#include "parse/utf8.h"

namespace parse {

std::string decode_legacy(std::string_view bytes, std::string_view encoding) {
  // The standard reads encodings that are unsafe to guess at as one error.
  if (encoding == "replacement") return std::string(bytes.empty() ? "" : kReplacement);
  if (encoding == "UTF-16BE") return decode_utf16(bytes, ByteOrder::big);
  if (encoding == "UTF-16LE") return decode_utf16(bytes, ByteOrder::little);
  if (encoding == "GBK" || encoding == "gb18030") return decode_gb18030(bytes);
  if (encoding == "Big5") return decode_big5(bytes);
  if (encoding == "EUC-JP") return decode_euc_jp(bytes);
  if (encoding == "EUC-KR") return decode_euc_kr(bytes);
  if (encoding == "ISO-2022-JP") return decode_iso_2022_jp(bytes);
  if (encoding == "Shift_JIS") return decode_shift_jis(bytes);
  return decode_single_byte(bytes, upper_half(encoding));
}

}  // namespace parse
