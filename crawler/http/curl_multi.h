// libcurl's multi handle on the event loop: many transfers at once, none with a thread of its own.
//
//   class Download final : private CurlMulti::Owner {
//     void complete(CURLcode result) noexcept override { multi.remove(easy); … }
//   };
//   multi.add(easy, *this);
//
// What may be called from where: libcurl calls on_socket and on_timer from within add(), remove() and act(),
// and they only tell libevent and the loop's timers what to wait for. libevent and the timers call act(),
// never from within libcurl. act() collects what has completed when libcurl has returned, and so complete()
// may remove handles.
//
// Contract: loop thread only; outlives the handles that are in it. complete() is called once for each handle
// added, unless it is removed before. Source: curl_multi_socket_action(3), CURLMOPT_SOCKETFUNCTION(3),
// CURLMOPT_TIMERFUNCTION(3)
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

#include <curl/curl.h>
#include <event2/event.h>

#include "crawler/async/event_handle.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/timer.h"

namespace crawler::http {

class CurlMulti final : private async::Timer {
 public:
  /// Who added a handle.
  class Owner {
   public:
    /// The handle is still in the multi, and is to be removed from it.
    virtual void complete(CURLcode result) noexcept = 0;

   protected:
    ~Owner() = default;
  };

  /// Keeps up to `max_connections` open, idle ones included.
  CurlMulti(async::EventLoop& loop, std::size_t max_connections);
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  /// The transfer begins in the loop's next round.
  void add(CURL* easy, Owner& owner);
  /// Ends the transfer if it still runs: its connection is closed, or kept for the next if it is idle.
  void remove(CURL* easy) noexcept;

  async::EventLoop& loop() const { return loop_; }
  /// How often libcurl was let work. A handle that was added since knows nothing of its transfer yet.
  std::uint64_t acts() const { return acts_; }

 private:
  struct CleanUp {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept;
  static int on_timer(CURLM*, long timeout_ms, void* self) noexcept;
  static void on_ready(evutil_socket_t socket, short events, void* self) noexcept;
  void fire() noexcept override;

  /// In place of what was watched for before.
  void watch(curl_socket_t socket, short events);
  void unwatch(curl_socket_t socket);
  /// libcurl's way to say it: below 0 never, 0 as soon as it has returned.
  void arm_in(long timeout_ms);
  /// Lets libcurl work on a socket, or on its timeouts, and then tells the owners of what has completed.
  void act(curl_socket_t socket, int events) noexcept;
  void collect_completed() noexcept;

  async::EventLoop& loop_;
  std::uint64_t acts_ = 0;
  bool is_in_libcurl_ = false;  // asserted: libcurl refuses calls from its own callbacks
  // By descriptor: the system gives out the lowest free one, so an event is soon used again for another
  // socket.
  std::unordered_map<curl_socket_t, async::EventHandle> events_;
  std::unique_ptr<CURLM, CleanUp> multi_;  // last: its clean-up still calls on_socket
};

}  // namespace crawler::http
