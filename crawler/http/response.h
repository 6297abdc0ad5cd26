// One request and what came of it, as plain values.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crawler::http {

struct Request {
  std::string url;  // absolute http or https, plain ASCII, without a fragment
};

struct Response {
  int status = 0;
  std::string headers;  // the raw final header block, status line first, CRLF between
  std::string body;     // after content decoding

  /// The first header of that name (ASCII case-insensitive), without surrounding white space.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// What is known of one attempt, however it ended. A phase that was not reached is absent; each counts from the
/// transfer's start, `connect` to the end of TCP's handshake, `tls` to the end of TLS's.
struct Attempt {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  std::optional<Milliseconds> dns, connect, tls, first_byte, total;
  std::optional<int> status;
  std::int64_t bytes = 0;  // of the body, as received
  std::string http_version;  // "1.1", "2"; empty if no response came
  bool reused_connection = false;
  std::string ip;  // of the peer; empty if there was no connection
};

}  // namespace crawler::http
