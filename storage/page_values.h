// The columns of `page` that leave the database as text, and their values for one page.
//
//   const PageValues values = values_of(outcome);   // of a page that has just ended; PageCursor reads stored
//   ones for (std::size_t i = 0; i < values.size(); ++i) use(kPageColumns[i].name, values[i]);
//   append_json_line(line, values);                 // or as a line of JSON
//
// Contract: the columns are those of docs/database.md in its order, without `id`, which says nothing outside
// of the file, and `body`, which is no text. Values are views: they live as long as what they came from.
// `headers` and what a damaged row holds need not be UTF-8, nor JSON where JSON should be.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "storage/rows.h"

namespace storage {

struct PageColumn {
  std::string_view name;
  bool is_json = false;
};

inline constexpr auto kPageColumns = std::to_array<PageColumn>({
    {"url"},        {"final_url"},     {"status"},     {"error"},           {"title"},        {"description"},
    {"canonical"},  {"lang"},          {"charset"},    {"content_type"},    {"text"},         {"meta", true},
    {"headers"},    {"body_size"},     {"digest"},     {"previous_digest"}, {"link_count"},   {"hops", true},
    {"etag"},       {"last_modified"}, {"depth"},      {"referrer"},        {"attempts"},     {"run_id"},
    {"fetched_at"}, {"checked_at"},    {"changed_at"}, {"gone_at"},         {"fields", true},
});

/// NULL, an integer, or text. A number of another kind, as only a damaged row has it, comes as text.
using PageValue = std::variant<std::monostate, std::int64_t, std::string_view>;
using PageValues = std::array<PageValue, kPageColumns.size()>;

/// What the page's row would hold in a new database; `run_id` is NULL.
PageValues values_of(const PageOutcome& page);

}  // namespace storage
