// One line of a URL list.
//
//   read_seed_line("  http://Example.com/a\r\n");  // the Url "http://example.com/a"
//   read_seed_line("example.com:8080/a");          // the Url "https://example.com:8080/a"
//   read_seed_line("# a comment");                 // nullopt: no URL, and no error
//   read_seed_line("foo:bar");                     // UrlError::unsupported_scheme
//
// Contract: pure and total. Surrounding white space, a CR before the end and a BOM at the start of the line
// are ignored; an empty line and one that begins with '#' hold no URL (nullopt), while a '#' further on
// begins a fragment; a dotted name without a scheme, with or without a port, is taken as https; a line with
// a NUL byte is UrlError::bad_host.
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "parse/url.h"

namespace parse {

std::expected<std::optional<Url>, UrlError> read_seed_line(std::string_view line);

/// The line without the white space around it. A BOM is left.
std::string_view strip_seed_line(std::string_view line);

}  // namespace parse
