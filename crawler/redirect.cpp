#include "crawler/redirect.h"

#include <cstddef>
#include <utility>

namespace crawler {
namespace {

// Nobody needs a longer one (RFC 9110, 4.1), and a chain is kept for as long as its URL waits.
constexpr std::size_t kLongestTarget = 8 * 1024;

}  // namespace

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
  if (!target || target->href().size() > kLongestTarget) return std::unexpected(PageError::bad_redirect);
  return (*std::move(target)).without_credentials();
}

}  // namespace crawler
