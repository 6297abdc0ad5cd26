// What came of a request, as plain values.
//
//   const Response& response = *result;
//   if (const auto type = response.header("content-type")) decode(response.body, *type);
//
// Contract: a Response is whole: what was cut short is a TransferError instead, but for a compressed body
// that neither a length nor chunks bound: it is taken for whole when the connection ends. Views that header()
// gives live as long as the Response. Source: RFC 9110, sections 5 and 15
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crawler::http {

/// The first header of that name (ASCII case-insensitive) in a block, without surrounding white space.
std::optional<std::string_view> find_header(std::string_view block, std::string_view name);

struct Response {
  int status = 0;
  std::string headers;  // the raw final header block, status line first, without the blank line at its end
  std::string body;     // after content decoding

  std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }
  /// The values of all of that name.
  std::vector<std::string_view> all_headers(std::string_view name) const;
};

/// What is known of one attempt, however it ended. A phase that was not reached is absent, and so is one that
/// a reused connection had behind it. Each counts from the transfer's start: `connect` to the end of TCP's
/// handshake (absent too where TLS's failed: libcurl 7.88 does not tell then), `tls` to the end of TLS's.
struct Attempt {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  std::optional<Milliseconds> dns, connect, tls, first_byte, total;
  std::optional<int> status;      // of the final response, even if its body did not come whole
  std::int64_t bytes = 0;         // of the body, as received
  std::string_view http_version;  // "1.0", "1.1", "2"; empty if no response came
  bool reused_connection = false;
  std::string ip;  // of the peer; empty if there was no connection, or libcurl does not tell

  /// Whether none came to stand, by what is known.
  bool has_no_connection() const { return !connect && !reused_connection && !status; }
};

}  // namespace crawler::http
