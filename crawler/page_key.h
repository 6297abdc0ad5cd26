// What a page is known by: page.url.
//
//   page_key(url, config.ignores_tracking);
//
// Contract: pure. What the server is asked for is the URL itself, never the key.
#pragma once

#include <string>

#include "parse/tracking_parameters.h"
#include "parse/url.h"

namespace crawler {

inline std::string page_key(const parse::Url& url, bool ignores_tracking) {
  return ignores_tracking ? parse::key_without_tracking(url) : std::string(url.key());
}

}  // namespace crawler
