// The address of an entry, as a sitemap or a feed gives it.
//
//   read_location(" https://example.com/a\n");          // the Url "https://example.com/a"
//   read_location("/b", *Url::parse("https://a.org/"));  // "https://a.org/b"
//   read_location("/b");                                 // nullopt
//
// Contract: pure, total, linear. No address: an empty text, one that is not http or https, one over
// Url::max_length, and one with bytes that could not be decoded, since it names another page than was meant.
//
// Source: https://www.sitemaps.org/protocol.html#locdef, which has absolute ones only; people are freer.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parse/url.h"

namespace parse {

/// Relative addresses are read with bases up to this only: a million of one letter, each with a base of 64
/// KiB before it, would be 64 GB. Those who write them by hand have short ones.
inline constexpr std::size_t kMaxLocationBase = 512;

std::optional<Url> read_location(std::string_view text);
std::optional<Url> read_location(std::string_view text, const Url& base);

}  // namespace parse
