// Why a transfer gave no whole response: a closed set. A whole response is never an error, whatever its status.
#pragma once

#include <string_view>

namespace crawler::http {

enum class TransferError {
  dns,               // the name does not exist, or nobody could tell
  connect,           // refused, unreachable, no answer to the handshake in time
  tls,               // certificate or handshake
  protocol,          // what came is not HTTP, or was cut before the response began
  stalled,           // below 10 bytes/s for 20 s
  truncated,         // a body shorter than announced
  header_limit,      // headers too many or too large
  too_large,         // the body, after decompression
  content_encoding,  // cannot be decompressed
};

/// As the `error` columns of the database spell it.
std::string_view name(TransferError error);

}  // namespace crawler::http
