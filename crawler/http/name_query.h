// One look-up on its way: DNS for all addresses, after a while for the IPv4 ones alone, then perhaps the
// system.
//
//   class Query final : public NameQuery {
//     void finish(const LookUp& found, async::TimePoint valid_until) noexcept override { … }
//   };
//   query.start("example.com", true);
//
// Contract: loop thread only. Started or settled once. finish() is called once, in a later round of the loop
// and from its timers, so that it may do anything: destroy the query, too. Without an answer it ends when the
// timeout has passed. A name server that is silent on IPv6 alone does not hide the addresses of IPv4: after a
// quarter of the timeout they are asked for by themselves.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "crawler/async/event_loop.h"
#include "crawler/async/timer.h"
#include "crawler/http/addresses.h"
#include "crawler/http/ares_channel.h"
#include "crawler/http/ip_families.h"
#include "crawler/http/system_look_ups.h"

namespace crawler::http {

class NameQuery : private async::Timer, private SystemLookUps::Question {
 public:
  /// What all queries of a resolver share; outlives them.
  struct Sources {
    async::EventLoop& loop;
    AresChannel& channel;
    SystemLookUps& system;
    IpFamilies families;
    std::chrono::milliseconds timeout;
  };

  void start(const std::string& name, bool system_may_know);
  /// Ends it with what needs nobody to be asked.
  void settle(LookUp found, async::TimePoint valid_until);
  void settle(std::vector<std::string> ips, std::chrono::seconds ttl);
  void settle(LookUpError error);

 protected:
  explicit NameQuery(Sources& sources) : sources_(sources) {}
  ~NameQuery() = default;

  virtual void finish(const LookUp& found, async::TimePoint valid_until) noexcept = 0;

 private:
  class Part final : public AresChannel::Question {
   public:
    explicit Part(NameQuery& query) : query_(query) {}

   private:
    void take_answer(DnsAnswer answer) noexcept override { query_.take_answer(std::move(answer)); }
    NameQuery& query_;
  };

  void fire() noexcept override;
  void take_answer(DnsAnswer answer) noexcept;
  void take_system_answer(SystemAnswer answer) noexcept override;

  Sources& sources_;
  std::string name_;
  bool system_may_know_ = false;
  bool is_settled_ = false;
  async::TimePoint deadline_{};
  async::TimePoint valid_until_{};
  LookUp found_ = std::unexpected(LookUpError::no_answer);
  Part all_{*this};
  Part ipv4_{*this};
};

}  // namespace crawler::http
