#include "crawler/redirect.h"

namespace crawler {

std::expected<std::optional<parse::Url>, PageError> redirect_target(const http::Response& response,
                                                                    const parse::Url& url) {
  switch (response.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      break;
    default:
      return std::nullopt;
  }
  const auto location = response.header("location");
  if (!location) return std::nullopt;
  auto target = url.resolve(*location);
  if (!target) return std::unexpected(PageError::bad_redirect);
  return target->without_credentials();
}

}  // namespace crawler
