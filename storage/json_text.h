// JSON as text: written, checked and taken apart without a tree of values.
//
//   append_json_string(line, "caf\xE9");                              // "caf\uFFFD", in quotes
//   const auto json = compact_json("{ \"price\": 1.50 }\n");          // {"price":1.50}
//   for (const JsonMember& member : members_of(*json)) use(member);   // "price", 1.50
//
// Contract: pure, total, linear, and never as deep as the input; thread-safe. Numbers and escapes stay as
// they are written. What compact_json() gives is valid, UTF-8 and on one line. The others take what it gave:
// the views they return are into it. Source: RFC 8259
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// Deeper is not taken for JSON: jq 1.6 reads 256 levels, Python some 1,000, and one line that a reader
/// refuses costs it all that follow.
inline constexpr std::size_t kMaxJsonDepth = 200;

/// The text in quotes, with the escapes it needs; what is not UTF-8 is U+FFFD.
void append_json_string(std::string& json, std::string_view text);

/// The same value without white space; nothing if the text is no JSON, or nested deeper than that.
std::optional<std::string> compact_json(std::string_view text, std::size_t max_depth = kMaxJsonDepth);

struct JsonMember {
  std::string name;
  std::string_view value;
};

/// Of an object its members in their order; of all else nothing.
std::vector<JsonMember> members_of(std::string_view compact);
/// Of an array its elements; of all else nothing.
std::vector<std::string_view> elements_of(std::string_view compact);
/// The text of a string; nothing if the value is of another kind.
std::optional<std::string> string_of(std::string_view compact);

}  // namespace storage
