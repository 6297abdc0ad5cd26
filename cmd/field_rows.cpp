#include "cmd/field_rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cmd {
namespace {

using storage::JsonMember;
using storage::kPageColumns;
using storage::PageColumn;

bool is_column(Row row, std::string_view name) {
  if (row == Row::of_item) return name == "url";
  return std::ranges::find(kPageColumns, name, &PageColumn::name) != kPageColumns.end();
}

/// "url" becomes fields.url, and "fields.url" fields.fields.url.
void keep_apart_from_columns(Row row, std::vector<JsonMember>& members) {
  constexpr std::string_view prefix = "fields.";
  for (JsonMember& member : members) {
    std::string_view bare = member.name;
    while (bare.starts_with(prefix)) bare.remove_prefix(prefix.size());
    if (is_column(row, bare)) member.name.insert(0, prefix);
  }
}

void use_object(Row row, std::string_view object, const UseRow& use) {
  std::vector<JsonMember> members = storage::members_of(object);
  keep_apart_from_columns(row, members);
  use(members);
}

/// The fields as JSON on one line, whatever they are.
std::string json_of(std::string_view text) {
  if (std::optional<std::string> json = storage::compact_json(text)) return std::move(*json);
  std::string quoted;
  storage::append_json_string(quoted, text);
  return quoted;
}

}  // namespace

void for_each_row(Row row, const storage::PageValue& fields, const UseRow& use) {
  const auto* text = std::get_if<std::string_view>(&fields);
  const std::string json = text == nullptr ? "null" : json_of(*text);
  if (json.starts_with('{')) {
    use_object(row, json, use);
  } else if (row == Row::of_item) {
    for (const std::string_view element : storage::elements_of(json))
      if (element.starts_with('{')) use_object(row, element, use);
  } else if (json == "null") {
    use({});
  } else {
    use({{.name = "fields", .value = json}});
  }
}

}  // namespace cmd
