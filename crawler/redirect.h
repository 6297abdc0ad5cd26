// Where a response sends its reader.
//
//   const auto target = redirect_target(response, url);   // std::nullopt: it is the answer itself
//
// Contract: pure. Credentials that a Location has are left out: they are not the user's. A response that is
// no redirect, or has no Location, is an answer. A Location that is no http or https URL is
// PageError::bad_redirect, and so is one of more than 8 KiB. Source: RFC 9110, 15.4 and 10.2.2
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "crawler/http/response.h"
#include "crawler/page_error.h"
#include "parse/url.h"

namespace crawler {

std::expected<std::optional<parse::Url>, PageError> redirect_target(const http::Response& response,
                                                                    const parse::Url& url);

}  // namespace crawler
