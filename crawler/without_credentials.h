// A URL as it may be shown: its name and password are replaced by "***".
//
//   without_credentials("http://me:secret@example.com/a@b");   // "http://***@example.com/a@b"
//
// Contract: takes any text, and leaves what holds no such thing alone. Reads the authority as browsers do,
// who skip all slashes before it. Source: https://url.spec.whatwg.org/#authority-state
#pragma once

#include <algorithm>
#include <string>

namespace crawler {

inline std::string without_credentials(std::string text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string::npos) return text;
  const std::size_t begin = text.find_first_not_of("/\\", scheme_end + 1);
  if (begin == std::string::npos) return text;
  const std::size_t end = std::min(text.find_first_of("/?#\\", begin), text.size());
  const std::size_t at = text.substr(begin, end - begin).rfind('@');
  return at == std::string::npos ? text : text.replace(begin, at, "***");
}

}  // namespace crawler
