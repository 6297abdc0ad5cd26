#include "parse/charset_index.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "parse/icu_converter.h"

namespace parse {
namespace {

struct Patch {
  std::uint16_t pointer;
  char16_t code_point;
};

/// Where Big5 differs from ICU's Big5-HKSCS: what that keeps in the private use area, and what is only in
/// Big5.
constexpr auto kBig5Patches = std::to_array<Patch>({
    {1008, 0x9F97},  {1016, 0x9F96},  {1099, 0x31C0},  {1100, 0x31C1},  {1101, 0x31C2},  {1102, 0x31C3},
    {1103, 0x31C4},  {1105, 0x31C5},  {1108, 0x31C6},  {1109, 0x31C7},  {1112, 0x31C8},  {1114, 0x31C9},
    {1115, 0x31CA},  {1116, 0x31CB},  {1117, 0x31CC},  {1119, 0x31CD},  {1120, 0x31CE},  {1170, 0x23DA},
    {1171, 0x23DB},  {1730, 0x9FA6},  {1772, 0x9FA7},  {1779, 0x9FA8},  {1812, 0x9FA9},  {1814, 0x9FAA},
    {1816, 0x9FAB},  {1821, 0x9FAC},  {1844, 0x9FAD},  {1845, 0x9FAE},  {1847, 0x9FAF},  {1866, 0x9FB2},
    {1892, 0x9FB3},  {2082, 0x7BB8},  {2088, 0x7C06},  {2103, 0x7CCE},  {2114, 0x7DD2},  {2123, 0x7E1D},
    {2148, 0x8005},  {2151, 0x8028},  {2221, 0x83C1},  {2239, 0x84A8},  {2244, 0x840F},  {2303, 0x89A6},
    {2304, 0x89A9},  {2354, 0x8D77},  {2400, 0x90FD},  {2413, 0x92B9},  {2477, 0x975C},  {2498, 0x97FF},
    {2605, 0x9F16},  {2673, 0x8503},  {2746, 0x5159},  {2747, 0x515B},  {2748, 0x515D},  {2749, 0x515E},
    {2771, 0x936E},  {2780, 0x7479},  {2990, 0x6D67},  {3087, 0x799B},  {3259, 0x9097},  {3301, 0x975D},
    {3436, 0x701E},  {3451, 0x5B28},  {4136, 0x7201},  {4138, 0x77D7},  {4141, 0x7E87},  {4182, 0x99D6},
    {4206, 0x91D4},  {4220, 0x60DE},  {4230, 0x6FB6},  {4241, 0x8F36},  {4258, 0x4FBB},  {4273, 0x71DF},
    {4279, 0x9104},  {4282, 0x9DF0},  {4294, 0x83CF},  {4329, 0x5C10},  {4330, 0x79E3},  {4349, 0x5A67},
    {4419, 0x8F0B},  {4422, 0x7B51},  {4494, 0x62D0},  {4624, 0x6062},  {4694, 0x75F9},  {4708, 0x6C4A},
    {4742, 0x9B2E},  {4748, 0x9F17},  {4815, 0x50ED},  {4828, 0x5F0C},  {4902, 0x880F},  {4922, 0x62CE},
    {4982, 0x7468},  {4992, 0x7162},  {4997, 0x7250},  {5432, 0x2400},  {5433, 0x2401},  {5434, 0x2402},
    {5435, 0x2403},  {5436, 0x2404},  {5437, 0x2405},  {5438, 0x2406},  {5439, 0x2407},  {5440, 0x2408},
    {5441, 0x2409},  {5442, 0x240A},  {5443, 0x240B},  {5444, 0x240C},  {5445, 0x240D},  {5446, 0x240E},
    {5447, 0x240F},  {5448, 0x2410},  {5449, 0x2411},  {5450, 0x2412},  {5451, 0x2413},  {5452, 0x2414},
    {5453, 0x2415},  {5454, 0x2416},  {5455, 0x2417},  {5456, 0x2418},  {5457, 0x2419},  {5458, 0x241A},
    {5459, 0x241B},  {5460, 0x241C},  {5461, 0x241D},  {5462, 0x241E},  {5463, 0x241F},  {5464, 0x2421},
    {10942, 0x5EF4}, {10946, 0x65E0}, {10948, 0x7676}, {10950, 0x96B6}, {10957, 0x3003}, {10958, 0x4EDD},
    {11204, 0x31CF}, {11210, 0x9FB0}, {11212, 0x9FB1}, {19028, 0x5029}, {19035, 0x507D}, {19088, 0x5305},
    {19096, 0x5344}, {19112, 0x537F}, {19162, 0x5605}, {19240, 0x5A77}, {19299, 0x5E75}, {19305, 0x5ED0},
    {19326, 0x5F58}, {19355, 0x60A4}, {19398, 0x6490}, {19439, 0x6674}, {19454, 0x675E}, {19553, 0x6C9C},
    {19554, 0x6E1D}, {19557, 0x6E2F}, {19611, 0x716E}, {19643, 0x732A}, {19672, 0x745C}, {19697, 0x74E9},
    {19748, 0x7809},
});

struct Swap {
  std::uint16_t pointer;
  char16_t code_point;
  char16_t once;  // the private character that GB 18030-2000 had there, and older versions of ICU have
};

constexpr auto kGb18030Swaps = std::to_array<Swap>({
    {7182, 0xFE10, 0xE78D},
    {7183, 0xFE12, 0xE78E},
    {7184, 0xFE11, 0xE78F},
    {7185, 0xFE13, 0xE790},
    {7186, 0xFE14, 0xE791},
    {7187, 0xFE15, 0xE792},
    {7188, 0xFE16, 0xE793},
    {7201, 0xFE17, 0xE794},
    {7202, 0xFE18, 0xE795},
    {7208, 0xFE19, 0xE796},
    {23775, 0x9FB4, 0xE81E},
    {23783, 0x9FB5, 0xE826},
    {23788, 0x9FB6, 0xE82B},
    {23789, 0x9FB7, 0xE82C},
    {23795, 0x9FB8, 0xE832},
    {23812, 0x9FB9, 0xE843},
    {23829, 0x9FBA, 0xE854},
    {23845, 0x9FBB, 0xE864},
});

constexpr Patch kGb18030Space = {6555, 0x3000};  // U+E5E5 in GB 18030, which the web takes for a space

constexpr bool is_private(char32_t code_point) {
  return (code_point >= 0xE000 && code_point <= 0xF8FF) || code_point >= 0xF0000;
}

constexpr bool is_surrogate(char32_t code_point) { return code_point >= 0xD800 && code_point <= 0xDFFF; }

/// The bytes of an encoding's pointers: rows from a first lead byte, columns from one or two ranges of trail
/// bytes.
struct Grid {
  std::string_view prefix;
  unsigned first_lead;
  unsigned rows;
  unsigned first_trail;
  unsigned columns;
  unsigned gap_at;  // the column before which trail bytes are left out
  unsigned gap;     // how many of them
};

std::vector<char32_t> read_table(const char* icu_name, const Grid& grid) {
  IcuConverter converter(icu_name);
  std::vector<char32_t> table;
  table.reserve(std::size_t{grid.rows} * grid.columns);
  std::string bytes(grid.prefix);
  bytes.resize(bytes.size() + 2);
  for (unsigned row = 0; row < grid.rows; ++row) {
    for (unsigned column = 0; column < grid.columns; ++column) {
      bytes[bytes.size() - 2] = static_cast<char>(grid.first_lead + row);
      bytes.back() = static_cast<char>(grid.first_trail + column + (column < grid.gap_at ? 0 : grid.gap));
      table.push_back(converter.code_point(bytes));
    }
  }
  return table;
}

/// Only gb18030 has private characters in its index.
void drop_private(std::vector<char32_t>& table) { std::ranges::replace_if(table, is_private, 0); }

CharsetIndex make_big5() {
  auto table = read_table("Big5-HKSCS", {"", 0x81, 126, 0x40, 157, 0x3F, 0x22});
  drop_private(table);
  for (const Patch& patch : kBig5Patches) table[patch.pointer] = patch.code_point;
  return CharsetIndex(std::move(table));
}

CharsetIndex make_euc_kr() {
  auto table = read_table("windows-949", {"", 0x81, 126, 0x41, 190, 190, 0});
  drop_private(table);
  return CharsetIndex(std::move(table));
}

CharsetIndex make_gb18030() {
  auto table = read_table("gb18030", {"", 0x81, 126, 0x40, 190, 0x3F, 1});
  for (const Swap& swap : kGb18030Swaps) table[swap.pointer] = swap.code_point;
  table[kGb18030Space.pointer] = kGb18030Space.code_point;
  return CharsetIndex(std::move(table));
}

CharsetIndex make_jis0208() {
  // Shift_JIS has two ranges of lead bytes, two rows of the index to each byte.
  auto table = read_table("Shift_JIS", {"", 0x81, 31, 0x40, 188, 0x3F, 1});
  const auto rest = read_table("Shift_JIS", {"", 0xE0, 29, 0x40, 188, 0x3F, 1});
  table.insert(table.end(), rest.begin(), rest.end());
  return CharsetIndex(std::move(table));
}

CharsetIndex make_jis0212() {
  // ICU's table goes on with characters of IBM's.
  constexpr unsigned kRows = 77;
  return CharsetIndex(read_table("EUC-JP", {"\x8F", 0xA1, kRows, 0xA1, 94, 94, 0}));
}

/// Four bytes number, in order, the code points of the BMP that had no two bytes in GB 18030-2000.
CharsetIndex make_gb18030_four_byte() {
  constexpr std::size_t kPointers = 39'420;
  constexpr std::size_t kPatched = 7457;  // U+1E3F, until it was swapped with U+E7C7
  std::vector<bool> has_two(0x10000);
  for (std::size_t pointer = 0; const char32_t code_point = index_gb18030()[pointer]; ++pointer)
    has_two[code_point] = true;
  for (const Swap& swap : kGb18030Swaps) {
    has_two[swap.code_point] = false;
    has_two[swap.once] = true;
  }
  has_two[0xE5E5] = has_two[0xE7C7] = true;
  has_two[0x1E3F] = false;

  std::vector<char32_t> table;
  table.reserve(kPointers);
  for (char32_t code_point = 0x80; table.size() < kPointers; ++code_point)
    if (!has_two[code_point] && !is_surrogate(code_point)) table.push_back(code_point);
  table[kPatched] = 0xE7C7;
  return CharsetIndex(std::move(table));
}

}  // namespace

const CharsetIndex& index_big5() {
  static const CharsetIndex index = make_big5();
  return index;
}

const CharsetIndex& index_euc_kr() {
  static const CharsetIndex index = make_euc_kr();
  return index;
}

const CharsetIndex& index_gb18030() {
  static const CharsetIndex index = make_gb18030();
  return index;
}

const CharsetIndex& index_jis0208() {
  static const CharsetIndex index = make_jis0208();
  return index;
}

const CharsetIndex& index_jis0212() {
  static const CharsetIndex index = make_jis0212();
  return index;
}

char32_t gb18030_four_byte(std::size_t pointer) {
  constexpr std::size_t kFirstBeyondBmp = 189'000;
  constexpr std::size_t kLast = 1'237'575;
  if (pointer >= kFirstBeyondBmp && pointer <= kLast)
    return static_cast<char32_t>(0x10000 + (pointer - kFirstBeyondBmp));
  static const CharsetIndex bmp = make_gb18030_four_byte();
  return bmp[pointer];
}

}  // namespace parse
