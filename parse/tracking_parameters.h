// The key of a URL without the parameters of its query that only tell where a visitor came from.
//
//   const Url url = *Url::parse("https://example.com/a?utm_source=x&id=1&gclid=y#top");
//   url.key();                  // "https://example.com/a?utm_source=x&id=1&gclid=y"
//   key_without_tracking(url);  // "https://example.com/a?id=1"
//
// Contract: pure, total, linear, thread-safe. Only a key to compare by: what is sent to a server is the URL.
// Parameters stand between '&'; those that stay keep their order and their bytes, and a query that loses its
// last one loses its '?'. A name counts however it is percent-encoded and in whatever case, with a value or
// without. The key of a key is the key itself.
//
// Source: https://url.spec.whatwg.org/#urlencoded-parsing for what a name is; tracking_parameters.cpp says
// which names are known and why.
#pragma once

#include <string>

#include "parse/url.h"

namespace parse {

std::string key_without_tracking(const Url& url);

}  // namespace parse
