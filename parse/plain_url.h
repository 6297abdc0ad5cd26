// The spellings that a URL takes over byte for byte, which is how most links of most pages are written.
//
//   find_plain_parts("library/os.html?q#os.path");  // {.query_begin = 15, .fragment_begin = 17}
//   find_plain_parts("#top");                       // {.query_begin = 0, .fragment_begin = 0}
//   find_plain_parts("a/../b");                     // nullopt, and so for "a b", "//host/" and "mailto:a"
//   find_plain_url("https://example.org/a");        // {.host_begin = 8, .host_end = 19, …}
//
// Contract: pure, total, linear, without allocation. A nullopt only says that the parser has to read it: what
// is plain holds nothing to encode, to lower, to map or to drop, no dot segment and no port. What is absent
// begins where the next part does, or at the end.
//
// Source: https://url.spec.whatwg.org/#url-parsing, as far as it changes nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace parse {

struct PlainParts {
  std::size_t query_begin;  // of '?'; the path is what comes before
  std::size_t fragment_begin;
};

/// Of a relative reference that names no host.
std::optional<PlainParts> find_plain_parts(std::string_view reference);

struct PlainUrl {
  std::size_t host_begin;
  std::size_t host_end;  // where the path begins, with a '/'
  std::size_t query_begin;
  std::size_t fragment_begin;
};

/// Of an absolute http or https URL whose host is a name.
std::optional<PlainUrl> find_plain_url(std::string_view text);

}  // namespace parse
