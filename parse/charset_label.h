// The encodings of the web, by the labels that documents give them.
//
//   encoding_of_label(" Latin1 ");  // "windows-1252"
//   encoding_of_label("klingon");   // nullopt
//
// Contract: pure; names are the standard's spelling, in static storage.
// Source: https://encoding.spec.whatwg.org/#names-and-labels
#pragma once

#include <optional>
#include <string_view>

namespace parse {

std::optional<std::string_view> encoding_of_label(std::string_view label);

}  // namespace parse
