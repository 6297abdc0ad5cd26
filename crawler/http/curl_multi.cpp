#include "crawler/http/curl_multi.h"

#include <cassert>
#include <chrono>
#include <new>
#include <stdexcept>
#include <string>

namespace crawler::http {
namespace {

void check(CURLMcode result) {
  if (result != CURLM_OK) throw std::runtime_error(std::string("libcurl: ") + curl_multi_strerror(result));
}

}  // namespace

CurlMulti::CurlMulti(async::EventLoop& loop, std::size_t max_connections)
    : loop_(loop), multi_(curl_multi_init()) {
  if (!multi_) throw std::bad_alloc();
  CURLM* multi = multi_.get();
  // Nothing may be thrown through libcurl's frames.
  static_assert(
      noexcept(on_socket(nullptr, 0, 0, nullptr, nullptr))&& noexcept(on_timer(nullptr, 0, nullptr)));
  check(curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket));
  check(curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this));
  check(curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer));
  check(curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this));
  // The default follows the number of handles, and so closes connections while a run drains.
  check(curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(max_connections)));
  // And idle ones beside as many in use would be twice as many descriptors.
  check(curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(max_connections)));
}

void CurlMulti::add(CURL* easy, Owner& owner) {
  assert(!is_in_libcurl_);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &owner);
  check(curl_multi_add_handle(multi_.get(), easy));
}

void CurlMulti::remove(CURL* easy) noexcept {
  assert(!is_in_libcurl_);
  curl_multi_remove_handle(multi_.get(), easy);
}

int CurlMulti::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
  auto& multi = *static_cast<CurlMulti*>(self);
  switch (what) {
    case CURL_POLL_IN:
      multi.watch(socket, EV_READ | EV_PERSIST);
      break;
    case CURL_POLL_OUT:
      multi.watch(socket, EV_WRITE | EV_PERSIST);
      break;
    case CURL_POLL_INOUT:
      multi.watch(socket, EV_READ | EV_WRITE | EV_PERSIST);
      break;
    case CURL_POLL_REMOVE:
      multi.unwatch(socket);
      break;
    default:
      break;
  }
  return 0;
}

void CurlMulti::watch(curl_socket_t socket, short events) {
  async::EventHandle& ev = events_[socket];
  if (!ev) {
    ev.reset(event_new(loop_.base(), socket, events, &CurlMulti::on_ready, this));
    if (!ev) throw std::bad_alloc();
  } else {
    event_del(ev.get());
    event_assign(ev.get(), loop_.base(), socket, events, &CurlMulti::on_ready, this);
  }
  event_add(ev.get(), nullptr);
}

// libcurl 8.13 and later also name sockets here that they never asked to watch.
void CurlMulti::unwatch(curl_socket_t socket) {
  if (const auto found = events_.find(socket); found != events_.end()) event_del(found->second.get());
}

void CurlMulti::on_ready(evutil_socket_t socket, short events, void* self) noexcept {
  const int in = (events & EV_READ) != 0 ? CURL_CSELECT_IN : 0;
  const int out = (events & EV_WRITE) != 0 ? CURL_CSELECT_OUT : 0;
  static_cast<CurlMulti*>(self)->act(socket, in | out);
}

int CurlMulti::on_timer(CURLM*, long timeout_ms, void* self) noexcept {
  static_cast<CurlMulti*>(self)->arm_in(timeout_ms);
  return 0;
}

void CurlMulti::arm_in(long timeout_ms) {
  if (timeout_ms < 0)
    loop_.timers().disarm(*this);
  else
    loop_.timers().arm(*this, loop_.now() + std::chrono::milliseconds(timeout_ms));
}

void CurlMulti::fire() noexcept {
  act(CURL_SOCKET_TIMEOUT, 0);
  if (is_armed()) return;
  // libcurl says a time once. If by its own clock that has not come yet, nobody would call again.
  long timeout_ms = -1;
  curl_multi_timeout(multi_.get(), &timeout_ms);
  arm_in(timeout_ms);
}

void CurlMulti::act(curl_socket_t socket, int events) noexcept {
  assert(!is_in_libcurl_);
  const async::EventLoop::Step step(loop_, "libcurl");
  ++acts_;
  is_in_libcurl_ = true;
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket, events, &running);
  is_in_libcurl_ = false;
  collect_completed();
}

void CurlMulti::collect_completed() noexcept {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // The message goes with its handle.
    CURL* const easy = message->easy_handle;
    const CURLcode result = message->data.result;
    void* owner = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    static_cast<Owner*>(owner)->complete(result);
  }
}

}  // namespace crawler::http
