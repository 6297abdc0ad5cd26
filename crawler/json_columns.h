// The columns of `page` that are JSON.
//
//   content.hops = hops_json(answer.hops);            // ["http://a.example/"]
//   content.meta = meta_json(facts);                  // {"headings":[…],"json_ld":[…]}
//   content.fields = fields_json(extraction, items);  // {"title":"…"}, or [{…},{…}] with --each
//
// Contract: pure and total; valid JSON on one line, in UTF-8. JSON-LD that is JSON stands as such, without
// white space; what is none (or nested too deep, see storage/json_text.h) as a string. Shapes:
// docs/database.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parse/extraction.h"
#include "parse/page_facts.h"

namespace crawler {

std::string hops_json(const std::vector<std::string>& urls);

/// Nothing where the page says nothing of it.
std::optional<std::string> meta_json(const parse::PageFacts& facts);

std::string fields_json(const parse::Extraction& extraction, const std::vector<parse::Item>& items);

}  // namespace crawler
