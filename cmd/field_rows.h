// The rows that a page's fields become: one, with a member a field, or with --each one an item.
//
//   for_each_row(Row::of_item, values[kFields], [&](const std::vector<storage::JsonMember>& fields) { … });
//
// Contract: total, linear in the fields' text. A page's fields that are no object are one member called
// fields; they are JSON, a text that is not JSON as a JSON string. Of an item none is made where there is no
// object. A field with the name of a column beside it is called fields.NAME, and so no two names meet that
// did not before. What `use` is given lives until it returns.
#pragma once

#include <functional>
#include <vector>

#include "storage/json_text.h"
#include "storage/page_values.h"

namespace cmd {

enum class Row { of_page, of_item };

using UseRow = std::function<void(const std::vector<storage::JsonMember>& fields)>;

void for_each_row(Row row, const storage::PageValue& fields, const UseRow& use);

}  // namespace cmd
