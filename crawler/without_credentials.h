// A URL as it may be shown: its name and password are replaced by "***".
//
//   without_credentials("http://me:secret@example.com/a@b");   // "http://***@example.com/a@b"
//   without_credentials("https:/me:sec/ret@exa mple.com/");    // "https:/***@exa mple.com/": no URL, but
//   nearly without_credentials_of_line("me:secret@example.com");      // "me:***@example.com": as curl takes
//   it
//
// Contract: takes any text, and leaves what holds no such thing alone. Reads the authority as browsers do,
// who skip all slashes before it; where what should be a port is none, a password is meant that was not
// escaped. Source: https://url.spec.whatwg.org/#authority-state
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace crawler {

/// What stands before the '@' of an authority at the beginning of the text; 0 if nothing does.
inline std::size_t credentials_size(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("/?#\\"), text.size());
  const std::size_t at = text.substr(0, end).rfind('@');
  if (at != std::string_view::npos) return at;
  const std::size_t colon = text.find(':');
  const bool has_port = colon >= end || text.find_first_not_of("0123456789", colon + 1) >= end;
  if (has_port || text.starts_with('[')) return 0;
  const std::size_t late = text.rfind('@');
  return late == std::string_view::npos ? 0 : late;
}

inline std::string without_credentials(std::string text) {
  constexpr std::string_view slashes = "/\\";
  std::size_t colon = text.find(':');
  while (colon != std::string::npos && text.find_first_of(slashes, colon) != colon + 1)
    colon = text.find(':', colon + 1);
  if (colon == std::string::npos) return text;
  const std::size_t begin = std::min(text.find_first_not_of(slashes, colon + 1), text.size());
  const std::size_t size = credentials_size(std::string_view(text).substr(begin));
  return size == 0 ? text : text.replace(begin, size, "***");
}

/// Of a line that is no URL, where a word before a colon may be a name too.
inline std::string without_credentials_of_line(std::string text) {
  const std::size_t colon = text.find(':');
  const std::size_t at = text.rfind('@');
  const bool has_slashes = colon < text.size() && text.find_first_of("/\\", colon) == colon + 1;
  if (has_slashes) return without_credentials(std::move(text));
  if (at == std::string::npos || colon > at || text.starts_with("mailto:")) return text;
  return text.replace(colon + 1, at - colon - 1, "***");
}

}  // namespace crawler
