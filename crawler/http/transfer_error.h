// Why a transfer gave no whole response: a closed set. A whole response is never an error, whatever its
// status.
//
//   if (!response) std::cerr << name(response.error());     // "truncated"
//
// Contract: libcurl's own codes do not tell these apart (a reset, a malformed chunk and a flood of headers
// are one), so `error_of` also takes how far the transfer had come. Source: libcurl-errors(3)
#pragma once

#include <string_view>

#include <curl/curl.h>

namespace crawler::http {

enum class TransferError {
  dns,               // the name does not exist, or nobody could tell
  connect,           // refused, unreachable, no answer to the handshakes in time
  no_descriptor,     // the process has none left for a socket: spelled "connect" too
  blocked_address,   // private, and this request may not lead there
  tls,               // certificate or handshake
  protocol,          // what came is not HTTP, or was cut before the response's headers were whole
  timeout,           // the request's own time was over
  stalled,           // below 10 bytes/s for too long
  truncated,         // a body shorter than announced
  header_limit,      // headers too many or too large
  too_large,         // the body, after decompression
  type,              // one that the request does not accept
  content_encoding,  // cannot be decompressed
};

/// As the `error` columns of the database spell it.
std::string_view name(TransferError error);

/// How far a transfer had come.
enum class Stage { resolving, connecting, awaiting_headers, receiving_body };

/// What `code`, which is not CURLE_OK, means at that stage. `message` is what libcurl wrote into the error
/// buffer.
TransferError error_of(CURLcode code, Stage stage, std::string_view message);

}  // namespace crawler::http
