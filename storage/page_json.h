// A page as one line of JSON Lines: what `crawl export` writes for a row.
//
//   std::string line;
//   append_json_line(line, values_of(outcome));                    // {"url":"http://a/","final_url":…}\n
//   append_json_line(line, values_of(outcome), &outcome.links);    // …,"links":[{"url":…},…]}\n
//
// Contract: pure, total, linear; thread-safe. The line ends in a line feed and holds no other; it is valid
// JSON in UTF-8 whatever the values are. Each column is there, null where it has no value. `meta`, `hops` and
// `fields` are JSON themselves; one that is not JSON is a string. Source: https://jsonlines.org/
#pragma once

#include <string>
#include <vector>

#include "storage/page_values.h"
#include "storage/rows.h"

namespace storage {

void append_json_line(std::string& line, const PageValues& values,
                      const std::vector<LinkRow>* links = nullptr);

/// The value of one column that is no JSON itself.
void append_json_value(std::string& json, const PageValue& value);

}  // namespace storage
