#include "parse/named_reference.h"

#include <array>
#include <cstdint>
#include <iterator>

#include "parse/character_reference.h"

namespace parse {
namespace {

struct Listed {
  std::string_view name;
  std::string_view text;
  bool may_lack_semicolon;
};

constexpr Listed kListed[] = {
#include "parse/named_references.inc"
};

constexpr std::size_t kCount = std::size(kListed);
static_assert(kCount == 2125);

constexpr std::size_t size_of_names() {
  std::size_t size = 0;
  for (const Listed& listed : kListed) size += listed.name.size();
  return size;
}

/// A reference without pointers: the loader has nothing to relocate.
struct Packed {
  std::uint16_t name;  // an index into Table::names
  std::uint8_t name_size;
  std::uint8_t text_size;
  std::array<char, CharacterReference::longest> text;
  bool may_lack_semicolon;
};

/// Open addressing at a load of a quarter.
struct Table {
  static constexpr std::size_t slot_count = 8192;
  static constexpr std::uint16_t free_slot = 0xFFFF;

  std::array<char, size_of_names()> names{};
  std::array<Packed, kCount> references{};
  std::array<std::uint16_t, slot_count> slots{};
};

constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 0;
  for (const char c : name) hash = hash * 31 + static_cast<unsigned char>(c);
  return (hash * 0x9E3779B1U) >> 19;  // the upper 13 bits: a slot
}

constexpr Table make_table() {
  Table table;
  table.slots.fill(Table::free_slot);
  std::size_t name_end = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    const Listed& listed = kListed[i];
    Packed& packed = table.references[i];
    packed.name = static_cast<std::uint16_t>(name_end);
    packed.name_size = static_cast<std::uint8_t>(listed.name.size());
    packed.text_size = static_cast<std::uint8_t>(listed.text.size());
    packed.may_lack_semicolon = listed.may_lack_semicolon;
    for (const char c : listed.name) table.names[name_end++] = c;
    for (std::size_t at = 0; at < listed.text.size(); ++at) packed.text[at] = listed.text[at];
    std::size_t slot = slot_of(listed.name);
    while (table.slots[slot] != Table::free_slot) slot = (slot + 1) % Table::slot_count;
    table.slots[slot] = static_cast<std::uint16_t>(i);
  }
  return table;
}

constexpr Table kTable = make_table();

}  // namespace

std::optional<NamedReference> find_named_reference(std::string_view name) {
  for (std::size_t slot = slot_of(name); kTable.slots[slot] != Table::free_slot;
       slot = (slot + 1) % Table::slot_count) {
    const Packed& packed = kTable.references[kTable.slots[slot]];
    if (std::string_view(kTable.names.data() + packed.name, packed.name_size) == name)
      return NamedReference{{packed.text.data(), packed.text_size}, packed.may_lack_semicolon};
  }
  return std::nullopt;
}

}  // namespace parse
