// What holds for all transfers of a client.
//
//   ClientOptions options;
//   options.concurrency = 20;
//   options.user_agent = "example-bot/1.0 (+https://example.org/bot)";
//   co_await async_with(HttpClient(options), body);
//
// Contract: a plain value. It has a constructor, so is no aggregate, because g++ 12 destroys an aggregate
// twice that is made within an expression that awaits.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace crawler::http {

struct ClientOptions {
  ClientOptions() {}

  /// How many transfers are expected at a time: sizes buffers and the pool of connections, and limits
  /// nothing.
  std::size_t concurrency = 100;
  /// How many connections one multi keeps open, idle ones included; beyond 100 there are none.
  std::size_t connections = 100;
  /// For TCP's handshake and TLS's together, and as much before them for the name's look-up.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  /// How long a transfer may go on below 10 bytes/s. Whole seconds: libcurl counts no finer.
  std::chrono::seconds stalled_after = std::chrono::seconds(20);
  std::size_t max_body = 16 * 1024 * 1024;  // bytes, after decompression
  std::string user_agent;                   // no such header if empty
  std::vector<std::string> headers;         // lines, as request_headers.h has them
  std::string cookies;                      // a file, as cookie_file.h has it; if empty, none are kept
  std::string cacert;                       // a PEM file of authorities to trust, in place of the system's
  bool insecure = false;                    // any certificate will do
  bool http1 = false;                       // never HTTP/2
  /// "http://host:port", https, socks5 or socks5h (which looks names up itself); "": none. If absent, what
  /// the environment says (http_proxy, HTTPS_PROXY, ALL_PROXY). NO_PROXY holds in every case.
  std::optional<std::string> proxy;
  std::string dns_servers;  // "192.0.2.53,[2001:db8::53]:5353"; empty: the system's
};

}  // namespace crawler::http
