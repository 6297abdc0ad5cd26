// c-ares on the event loop: questions to DNS servers, many at once, none with a thread of its own.
//
//   class Wanted final : public AresChannel::Question {
//     void take_answer(DnsAnswer answer) noexcept override { … }
//   };
//   channel.ask("example.com", AF_UNSPEC, wanted);
//
// Contract: loop thread only. take_answer() is called once, from within c-ares, perhaps even from within
// ask(): it must not ask, nor destroy the channel. A Question is asked once at a time and withdraws when it
// is destroyed: c-ares asks on, but nobody is told. The channel outlives its questions. Names are searched
// for as resolv.conf says; /etc/hosts is not read. In virtual time no server has the time to answer. Source:
// ares_init_options(3), ares_getaddrinfo(3), ares_process_fd(3)
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <ares.h>
#include <event2/event.h>

#include "crawler/async/event_handle.h"
#include "crawler/async/event_loop.h"
#include "crawler/async/timer.h"
#include "crawler/http/ares_answer.h"

namespace crawler::http {

class AresChannel final : private async::Timer {
  struct Pending;

 public:
  class Question {
   public:
    void withdraw() noexcept;
    bool is_asked() const { return pending_ != nullptr; }

   protected:
    Question() = default;
    ~Question() { withdraw(); }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    virtual void take_answer(DnsAnswer answer) noexcept = 0;

   private:
    friend class AresChannel;
    Pending* pending_ = nullptr;  // while asked
  };

  /// `servers` as "127.0.0.1:5353,[::1]:53"; empty: those of resolv.conf. A server that does not answer is
  /// asked three times within `timeout`, should it be the only one. Throws std::runtime_error.
  AresChannel(async::EventLoop& loop, const std::string& servers, const std::string& resolv_conf,
              std::chrono::milliseconds timeout);
  AresChannel(const AresChannel&) = delete;
  AresChannel& operator=(const AresChannel&) = delete;

  /// `family` is AF_INET, AF_INET6, or AF_UNSPEC for both.
  void ask(const std::string& name, int family, Question& question);

 private:
  struct Library {
    Library();
    ~Library() { ares_library_cleanup(); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
  };
  struct Destroy {
    void operator()(ares_channeldata* channel) const { ares_destroy(channel); }
  };
  /// Of c-ares's sockets. The loop watches it in their stead: libevent would forget a socket only after it is
  /// closed, when its number may be another thread's.
  struct Poll {
    Poll();
    ~Poll();
    Poll(const Poll&) = delete;
    Poll& operator=(const Poll&) = delete;
    const int fd;
  };

  static void on_socket(void* self, ares_socket_t socket, int readable, int writable) noexcept;
  static void on_ready(evutil_socket_t, short, void* self) noexcept;
  static void on_answer(void* pending, int status, int timeouts, ares_addrinfo* info) noexcept;
  void fire() noexcept override;

  void act_on_ready() noexcept;

  async::EventLoop& loop_;
  const Library library_;
  std::size_t pending_ = 0;  // withdrawn ones too
  const Poll poll_;
  const async::EventHandle ready_;
  std::unique_ptr<ares_channeldata, Destroy> channel_;  // last: it still tells of its sockets and questions
};

}  // namespace crawler::http
