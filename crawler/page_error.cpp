#include "crawler/page_error.h"

#include <utility>

namespace crawler {

std::string_view name(PageError error) {
  switch (error) {
    case PageError::timeout:
      return "timeout";
    case PageError::stalled:
      return "stalled";
    case PageError::dns:
      return "dns";
    case PageError::connect:
      return "connect";
    case PageError::tls:
      return "tls";
    case PageError::protocol:
      return "protocol";
    case PageError::truncated:
      return "truncated";
    case PageError::header_limit:
      return "header_limit";
    case PageError::too_large:
      return "too_large";
    case PageError::content_encoding:
      return "content_encoding";
    case PageError::blocked_address:
      return "blocked_address";
    case PageError::redirect_limit:
      return "redirect_limit";
    case PageError::bad_redirect:
      return "bad_redirect";
    case PageError::bad_url:
      return "bad_url";
    case PageError::robots:
      return "robots";
    case PageError::type:
      return "type";
    case PageError::cancelled:
      return "cancelled";
  }
  std::unreachable();
}

PageError page_error(http::TransferError error) {
  using http::TransferError;
  switch (error) {
    case TransferError::dns:
      return PageError::dns;
    case TransferError::connect:
    case TransferError::no_descriptor:
      return PageError::connect;
    case TransferError::blocked_address:
      return PageError::blocked_address;
    case TransferError::tls:
      return PageError::tls;
    case TransferError::protocol:
      return PageError::protocol;
    case TransferError::timeout:
      return PageError::timeout;
    case TransferError::stalled:
      return PageError::stalled;
    case TransferError::truncated:
      return PageError::truncated;
    case TransferError::header_limit:
      return PageError::header_limit;
    case TransferError::too_large:
      return PageError::too_large;
    case TransferError::type:
      return PageError::type;
    case TransferError::content_encoding:
      return PageError::content_encoding;
  }
  std::unreachable();
}

}  // namespace crawler
