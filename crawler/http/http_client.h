// HTTP as something to await: one hop, one attempt; it follows no redirect and never tries again.
//
//   ClientOptions options;
//   co_await async_with(HttpClient(options), [](HttpClient& client) -> Task<> {
//     Transfer transfer = client.get(Request("https://example.com/"));
//     const auto response = co_await transfer;          // std::expected<Response, TransferError>
//     if (response) std::cout << response->status;
//     transfer.attempt().total;                          // known however it ended, a cancellation too
//   });
//
// Contract: loop thread only. A cancelled await leaves libcurl at once: its socket is closed before the task
// runs again. A Transfer is awaited once, lives in the awaiting frame, and ends before its client. Requests
// go out as soon as they are awaited: how many at a time, and for how long, is the caller's to limit. May be
// moved until it is entered. Source:
// libcurl-multi(3), curl_multi_socket_action(3)
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <string_view>

#include "crawler/async/task.h"
#include "crawler/http/client_options.h"
#include "crawler/http/request.h"
#include "crawler/http/resolver.h"
#include "crawler/http/response.h"
#include "crawler/http/transfer.h"

namespace crawler::http {

struct Session;

class HttpClient {
 public:
  explicit HttpClient(const ClientOptions& options);
  HttpClient(HttpClient&&) noexcept;
  ~HttpClient();

  /// Throws std::runtime_error if libcurl cannot start, or the file of authorities cannot be read.
  async::Task<> enter();
  /// Closes the connections that were kept.
  async::Task<> exit(const std::exception_ptr& error);

  /// Throws std::logic_error when the client is not open.
  Transfer get(Request request);
  /// Whether the host's name is to be looked up here: no proxy does it.
  bool needs_look_up(bool is_https, std::string_view host) const;
  Resolver& resolver();
  /// What the running transfers hold of their bodies.
  std::size_t body_bytes() const;

 private:
  Session& open_session() const;

  ClientOptions options_;
  std::unique_ptr<Session> session_;  // while open
};

}  // namespace crawler::http
