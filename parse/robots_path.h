// Paths and patterns of robots.txt in the one spelling in which their octets can be compared.
//
//   normalize_robots_path("/%7ea/%c3%a9", storage);   // "/~a/%C3%A9"
//   normalize_robots_path("/a*b$", storage);          // "/a%2Ab%24"
//   normalize_robots_pattern("/\xC3\xA9*%2a$");       // "/%C3%A9*%2A$"
//
// The unreserved characters of RFC 3986 stand for themselves, and so do the reserved ones: "/" and "%2F" stay
// different, as section 2.2 of RFC 3986 has it, and are never made of each other. All else is
// percent-encoded, with capital digits; a '%' that begins no escape is left. Among the reserved three are
// always escaped: '*' and '$', since a pattern can only mean them so, and "'", since the URL standard does so
// in a query. In a pattern each '*' is a wildcard, and a '$' at the end is the end of the path.
//
// Contract: pure, total, linear; the result is plain ASCII without white space, at most three times as long.
//
// Source: https://www.rfc-editor.org/rfc/rfc9309.html#section-2.2.2 and 2.2.3
#pragma once

#include <string>
#include <string_view>

namespace parse {

/// Of a URL's path and query: themselves if that is how they are written already, else a view into `storage`.
std::string_view normalize_robots_path(std::string_view path, std::string& storage);

std::string normalize_robots_pattern(std::string_view pattern);

}  // namespace parse
