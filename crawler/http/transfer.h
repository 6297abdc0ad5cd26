// One request on its way, as something to await. HttpClient::get makes it.
//
//   Transfer transfer = client.get(Request("http://example.com/"));
//   const Transfer::Result response = co_await transfer;
//   if (!response) log(name(response.error()), transfer.attempt().total);
//
// Contract: loop thread only; awaited at most once; lives in the awaiting frame, and ends before its client.
// A cancelled await has left libcurl before the task runs again, and a result that had come by then is
// dropped. attempt() is filled in when the await ends, whichever way. The body is bounded while it comes,
// after decompression, and so are the headers.
#pragma once

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "crawler/async/clock.h"
#include "crawler/async/task_state.h"
#include "crawler/async/timer.h"
#include "crawler/async/waiter.h"
#include "crawler/http/curl_list.h"
#include "crawler/http/curl_multi.h"
#include "crawler/http/easy_pool.h"
#include "crawler/http/header_block.h"
#include "crawler/http/multi_pool.h"
#include "crawler/http/origin.h"
#include "crawler/http/request.h"
#include "crawler/http/response.h"
#include "crawler/http/session.h"
#include "crawler/http/transfer_error.h"

namespace crawler::http {

class [[nodiscard]] Transfer final : public async::Waiter, private CurlMulti::Owner, private async::Timer {
 public:
  using Result = std::expected<Response, TransferError>;

  Transfer(Session& session, Request request);
  ~Transfer();

  class Await;
  Await operator co_await() noexcept;

  const Attempt& attempt() const { return attempt_; }

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int on_connected(void* self, char*, char*, int, int) noexcept;
  void complete(CURLcode result) noexcept override;
  void cancel_wait() noexcept override;
  void fire() noexcept override;

  /// Whether the host is an address that the request may not lead to. Where a proxy makes the connections
  /// that is all that can be judged.
  bool is_refused();
  /// Into a multi, with a handle from the pool. Throws std::bad_alloc, and then nothing has begun.
  void start();
  void set_up(CURL* easy);
  MultiPool& multis() const;
  /// Out of the multi: what is known of the attempt is taken from the handle before it goes back.
  void leave();
  /// What the await gives. Throws Cancelled.
  Result finish();

  curl_socket_t open_socket(const curl_sockaddr& address);
  /// False: the transfer is to end here.
  bool take_header(std::string_view line);
  /// Whether the answer, whose headers are complete, is of a type that the request accepts.
  bool is_of_accepted_type() const;
  /// Whether its body is so small that its connection is worth more.
  bool is_little_left() const;
  /// False: the body is larger than it may be, or than is worth dropping.
  bool take_body(std::string_view bytes);
  void note_attempt();
  Stage stage() const;
  std::optional<TransferError> error_in(CURLcode result) const;

  Session& session_;
  const Request request_;
  const Origin origin_;  // views of its URL

  std::optional<MultiPool::Seat> seat_;  // before the handle, which leaves the multi first
  CurlList addresses_;
  std::unique_ptr<EasyHandle> easy_;  // while it is in the multi
  async::TimePoint started_at_;
  std::uint64_t acts_before_ = 0;
  int tries_ = 0;  // how often libcurl sent the request: again, where a connection was found dead
  bool is_proxied_ = false;
  bool has_opened_socket_ = false;
  std::optional<TransferError> socket_error_;  // why there is none
  HeaderBlock headers_;
  std::string body_;
  std::size_t dropped_ = 0;             // bytes of a body that nobody wants
  std::optional<TransferError> error_;  // one that our callbacks found wins over libcurl's
  Attempt attempt_;
};

// Not the Transfer itself: g++ 12 copies an awaiter that a lambda has captured by reference.
class Transfer::Await {
 public:
  explicit Await(Transfer& transfer) : transfer_(transfer) {}

  bool await_ready() const { return transfer_.is_refused(); }
  template <std::derived_from<async::Frame> Promise>
  void await_suspend(std::coroutine_handle<Promise> frame) {
    transfer_.start();
    transfer_.suspend(frame);
  }
  Result await_resume() { return transfer_.finish(); }

 private:
  Transfer& transfer_;
};

inline Transfer::Await Transfer::operator co_await() noexcept { return Await(*this); }

}  // namespace crawler::http
