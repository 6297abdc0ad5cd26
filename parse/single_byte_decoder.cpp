#include "parse/single_byte_decoder.h"

#include <cstddef>
#include <map>

#include "parse/decode_runs.h"
#include "parse/icu_converter.h"

namespace parse {
namespace {

struct Table {
  std::string_view encoding;
  const char* icu_name;
};

constexpr auto kTables = std::to_array<Table>({
    {"IBM866", "ibm-866"},
    {"ISO-8859-2", "ISO-8859-2"},
    {"ISO-8859-3", "ISO-8859-3"},
    {"ISO-8859-4", "ISO-8859-4"},
    {"ISO-8859-5", "ISO-8859-5"},
    {"ISO-8859-6", "ISO-8859-6"},
    {"ISO-8859-7", "ISO-8859-7"},
    {"ISO-8859-8", "ISO-8859-8"},
    {"ISO-8859-8-I", "ISO-8859-8"},
    {"ISO-8859-10", "ISO-8859-10"},
    {"ISO-8859-13", "ISO-8859-13"},
    {"ISO-8859-14", "ISO-8859-14"},
    {"ISO-8859-15", "ISO-8859-15"},
    {"KOI8-R", "KOI8-R"},
    {"KOI8-U", "KOI8-U"},
    {"macintosh", "macintosh"},
    {"windows-874", "windows-874"},
    {"windows-1250", "windows-1250"},
    {"windows-1251", "windows-1251"},
    {"windows-1252", "windows-1252"},
    {"windows-1253", "windows-1253"},
    {"windows-1254", "windows-1254"},
    {"windows-1255", "windows-1255"},
    {"windows-1256", "windows-1256"},
    {"windows-1257", "windows-1257"},
    {"windows-1258", "windows-1258"},
    {"x-mac-cyrillic", "x-mac-cyrillic"},
});

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

UpperHalf read_table(const Table& table) {
  IcuConverter converter(table.icu_name);
  UpperHalf half;
  for (std::size_t i = 0; i < half.size(); ++i) {
    const char byte = static_cast<char>(0x80 + i);
    const char32_t code_point = converter.code_point({&byte, 1});
    half[i] = code_point == 0 ? kReplacementCodePoint : code_point;
  }
  for (const Patch& patch : kPatches)
    if (patch.encoding == table.encoding) half[patch.byte - 0x80U] = patch.code_point;
  return half;
}

std::map<std::string_view, UpperHalf> make_tables() {
  std::map<std::string_view, UpperHalf> tables;
  for (const Table& table : kTables) tables[table.encoding] = read_table(table);
  UpperHalf& latin10 = tables["ISO-8859-16"];
  UpperHalf& user_defined = tables["x-user-defined"];
  for (char32_t i = 0; i < latin10.size(); ++i) {
    latin10[i] = i < 0x20 ? 0x80 + i : kLatin10[i - 0x20];
    user_defined[i] = 0xF780 + i;
  }
  return tables;
}

}  // namespace

const UpperHalf& upper_half(std::string_view encoding) {
  static const std::map<std::string_view, UpperHalf> tables = make_tables();
  return tables.at(encoding);
}

std::string decode_single_byte(std::string_view bytes, const UpperHalf& table) {
  return decode_runs(bytes, [&](std::string_view rest) {
    return Character{.code_point = table[static_cast<unsigned char>(rest.front()) - 0x80U]};
  });
}

}  // namespace parse
