// Each value of a page is the input: its line must be JSON on one line, and what JSON text is taken apart
// into must be what a parser finds in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "storage/json_text.h"
#include "storage/page_json.h"

namespace {

using nlohmann::ordered_json;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_line(std::string_view input) {
  storage::PageValues values;
  values.fill(input);
  std::string line;
  storage::append_json_line(line, values);
  require(line.find('\n') == line.size() - 1);
  const ordered_json page = ordered_json::parse(line);
  require(page.size() == storage::kPageColumns.size());
  const bool has_escapes = input.find_first_of(std::string_view("\"\\\0", 3)) != std::string_view::npos;
  const std::string quoted = '"' + std::string(input) + '"';
  if (!has_escapes && ordered_json::accept(quoted)) require(page["text"] == std::string(input));
}

void check_compact(const std::string& compact) {
  require(compact.find_first_of("\n\r") == std::string::npos);
  require(storage::compact_json(compact) == compact);
  const ordered_json value = ordered_json::parse(compact);
  ordered_json object = ordered_json::object();
  for (const storage::JsonMember& member : storage::members_of(compact))
    object[member.name] = ordered_json::parse(member.value);
  if (value.is_object()) require(object == value);
  ordered_json array = ordered_json::array();
  for (const std::string_view element : storage::elements_of(compact))
    array.push_back(ordered_json::parse(element));
  if (value.is_array()) require(array == value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_line(input);
  const auto compact = storage::compact_json(input);
  require(!compact || ordered_json::accept(input));
  if (compact) check_compact(*compact);
  return 0;
}
