// Character references: &amp; &#8364; &#x20AC; and the names without a semicolon that old pages have.
//
//   read_character_reference("amp; b", ReferencePlace::text);            // "&", 4 bytes of the input
//   read_character_reference("notit;", ReferencePlace::text);            // U+00AC, 3 bytes: "it;" stays
//   read_character_reference("notit;", ReferencePlace::attribute_value); // none: 0 bytes
//
// Contract: pure, total; a name is looked at once, digits as far as they go. Values are valid UTF-8.
// Source: https://html.spec.whatwg.org/#character-reference-state
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parse {

/// In attributes a name without its semicolon is none before a letter, a digit or '=': URLs have "&copy=1".
enum class ReferencePlace : std::uint8_t { text, attribute_value };

struct CharacterReference {
  /// Of UTF-8.
  static constexpr std::size_t longest = 6;

  std::string_view text() const { return {bytes.data(), size}; }

  std::size_t length = 0;  // how many bytes it takes behind the '&'; 0: there is none
  std::array<char, longest> bytes = {};
  std::uint8_t size = 0;
};

/// `text` is what stands behind the '&'.
CharacterReference read_character_reference(std::string_view text, ReferencePlace place);

}  // namespace parse
