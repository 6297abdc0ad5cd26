// One line of a URL list.
//
//   read_seed_line("  Example.com/a  # no comment: '#' only counts at the start\r\n");
//
// Contract: pure and total. Surrounding white space, a CR before the end and a BOM at the start of the line are
// ignored; an empty line and one that begins with '#' hold no URL (nullopt); a dotted name without a scheme is
// taken as https.
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "parse/url.h"

namespace parse {

std::expected<std::optional<Url>, UrlError> read_seed_line(std::string_view line);

}  // namespace parse
