// Why a URL has no whole response: what the `error` columns hold, a closed set.
#pragma once

#include <string_view>

#include "crawler/http/transfer_error.h"

namespace crawler {

enum class PageError {
  timeout,
  stalled,
  dns,
  connect,
  tls,
  protocol,
  truncated,
  header_limit,
  too_large,
  content_encoding,
  blocked_address,
  redirect_limit,  // more than --max-redirects, or a loop
  bad_redirect,    // to something that is no http or https URL
  bad_url,         // the line is a URL, but not one that can be fetched
  robots,          // robots.txt forbids it, or cannot be had
  type,            // none that --accept names
  cancelled,
};

std::string_view name(PageError error);
PageError page_error(http::TransferError error);

}  // namespace crawler
