// A URL as it is asked for with a name and a password.
//
//   with_credentials(url, "user:secret")      // "https://user:secret@example.com/a"
//
// Contract: pure. The URL has none of its own; its fragment is left out. The credentials are percent-encoded,
// as Url::credentials() gives them, and not empty.
#pragma once

#include <string>
#include <string_view>

#include "parse/url.h"

namespace crawler {

inline std::string with_credentials(const parse::Url& url, const std::string& credentials) {
  return std::string(url.key()).insert(url.scheme().size() + std::string_view("://").size(),
                                       credentials + "@");
}

}  // namespace crawler
