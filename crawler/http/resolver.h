// Names to addresses: by /etc/hosts, DNS (c-ares on the event loop) and, last, what else the system knows.
//
//   class Wanted final : public Resolver::Asker {
//     void take_look_up(const LookUp& found, async::Duration took) noexcept override { … }
//   };
//   if (const LookUp* known = resolver.find("example.com")) use(*known);
//   else resolver.ask("example.com", wanted);
//
// What is found is kept as long as its records say, but for 10 s at least and an hour at most; that there is
// no such name for a minute, that nobody answered for 5 s. `localhost` and what ends so is loopback, unless
// /etc/hosts says otherwise; `.invalid` and `.onion` are nobody's. AAAA is asked for only where the machine
// has IPv6.
//
// Contract: loop thread only; outlives its askers' questions, and is not destroyed by one who is being told.
// A name is a host's name: ASCII, neither an address nor in brackets. Upper and lower case are one; a
// trailing dot makes another name. While it is looked up, whoever asks for it waits for the same answer. No
// look-up blocks the loop, and none takes longer than `timeout` from its start; `at_once` run at a time, the
// rest wait in line. To destroy it waits for nothing, and tells nobody. Source: RFC 1034, RFC 6761, RFC 7686,
// resolv.conf(5), hosts(5)
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crawler/async/event_loop.h"
#include "crawler/async/linked_list.h"
#include "crawler/http/addresses.h"
#include "crawler/http/ares_channel.h"
#include "crawler/http/hosts_file.h"
#include "crawler/http/known_names.h"
#include "crawler/http/name_query.h"
#include "crawler/http/system_look_ups.h"

namespace crawler::http {

/// Where the system says how names are looked up.
struct SystemFiles {
  SystemFiles() {}
  std::string hosts = "/etc/hosts";
  std::string resolv_conf = "/etc/resolv.conf";
  std::string nsswitch_conf = "/etc/nsswitch.conf";
};

struct ResolverOptions {
  ResolverOptions() {}
  std::string servers;                        // of DNS, as "127.0.0.1:5353,[::1]:53"; empty: the system's
  std::chrono::milliseconds timeout{10'000};  // of a whole look-up, retries included, once it has begun
  std::size_t at_once = 1000;
  std::size_t max_known = 20'000;
  /// Asked on a thread for a name that DNS does not know, if the system may know it. By default the C
  /// library, where `servers` is empty, else nobody.
  SystemLookUps::Function ask_system;
  SystemFiles files;
};

class Resolver {
  class Query;

 public:
  /// Who asks: for one name at a time. Told once, unless it withdraws; its destructor withdraws.
  class Asker : private async::Linked<Asker> {
   public:
    bool is_asking() const { return query_ != nullptr; }

   protected:
    Asker() = default;
    ~Asker();
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    /// `took` is the time since it asked. It may ask again, and make others ask, withdraw or go.
    virtual void take_look_up(const LookUp& found, async::Duration took) noexcept = 0;

   private:
    friend class Resolver;
    friend class async::LinkedList<Asker>;
    Query* query_ = nullptr;
    async::TimePoint asked_at_{};
  };

  /// Throws std::runtime_error if c-ares cannot start, or `servers` is not understood.
  Resolver(async::EventLoop& loop, const ResolverOptions& options);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  /// What is known of the name, failures too; null: ask. Lives until the next call.
  const LookUp* find(std::string_view name);
  /// The asker is told in a later round of the loop.
  void ask(std::string_view name, Asker& asker);
  void withdraw(Asker& asker) noexcept;

 private:
  /// Ends the query with what needs nobody to be asked, if that is so.
  bool settle_here(Query& query);
  void start_next();
  bool system_may_know(std::string_view name) const;

  async::EventLoop& loop_;
  const std::size_t at_once_;
  const SystemLookUps::Function ask_system_;  // none: the system is not asked
  const bool system_knows_more_;
  HostsFile hosts_;
  KnownNames known_;
  AresChannel channel_;
  SystemLookUps system_;
  NameQuery::Sources sources_;
  std::size_t running_ = 0;
  async::LinkedList<Query> line_;  // those that have not begun
  std::unordered_map<std::string, std::unique_ptr<Query>>
      queries_;  // last: they ask the channel and the system
};

}  // namespace crawler::http
