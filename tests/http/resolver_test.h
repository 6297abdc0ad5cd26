// What the tests of the resolver share: a DNS server, files of its own, and a look-up as something to await.
//
//   dns_.set("a.test", DnsReply{.ips = {"192.0.2.1"}});
//   with_resolver([&](Resolver& resolver) -> Task<> {
//     const LookUp found = co_await look_up(resolver, "a.test");
//     EXPECT_THAT(found, HasAddresses("192.0.2.1"));
//   });
//
// Contract: the system's own files are not read. Each with_resolver() runs a loop and a resolver of its own,
// in real time; in_virtual_time() is for what asks no server.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/event.h"
#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/task.h"
#include "crawler/http/resolver.h"
#include "tests/support/dns_server.h"
#include "tests/support/temp_dir.h"

namespace crawler::http {

using namespace std::chrono_literals;
using async::EventLoop;
using async::sleep;
using async::Task;
using test_support::DnsCode;
using test_support::DnsReply;
using test_support::DnsServer;
using test_support::write_file;

/// Asks, and remembers what it is told.
class Wanted final : public Resolver::Asker {
 public:
  explicit Wanted(std::move_only_function<void()> when_told = {}) : when_told_(std::move(when_told)) {}

  const std::optional<LookUp>& found() const { return found_; }
  async::Duration took() const { return took_; }
  Task<> wait() { co_await told_.wait(); }

 private:
  void take_look_up(const LookUp& found, async::Duration took) noexcept override {
    found_ = found;
    took_ = took;
    told_.set();
    if (when_told_) when_told_();
  }
  std::optional<LookUp> found_;
  async::Duration took_{};
  async::Event told_;
  std::move_only_function<void()> when_told_;
};

inline Task<LookUp> look_up(Resolver& resolver, std::string name) {
  Wanted wanted;
  resolver.ask(name, wanted);
  co_await wanted.wait();
  co_return *wanted.found();
}

inline std::vector<std::string> ips_of(const LookUp& found) {
  return found ? (*found)->ips : std::vector<std::string>();
}

MATCHER_P(HasAddress, ip, "has the only address " + std::string(ip)) {
  return arg && (*arg)->ips == std::vector<std::string>{ip};
}
MATCHER(IsNoSuchName, "says that there is no such name") {
  return !arg && arg.error() == LookUpError::no_such_name;
}
MATCHER(IsNoAnswer, "says that nobody answered") { return !arg && arg.error() == LookUpError::no_answer; }

class ResolverTest : public testing::Test {
 protected:
  ResolverTest() {
    options_.servers = dns_.address();
    options_.files.hosts = dir_.path() / "hosts";
    options_.files.resolv_conf = dir_.path() / "resolv.conf";
    options_.files.nsswitch_conf = dir_.path() / "nsswitch.conf";
    write_file(options_.files.hosts, "");
    write_file(options_.files.resolv_conf, "");
    write_file(options_.files.nsswitch_conf, "hosts: files dns\n");
  }

  template <class Body>
  void with_resolver(Body body) {
    EventLoop loop;
    Resolver resolver(loop, options_);
    async::run(loop, body(resolver));
  }
  template <class Body>
  void in_virtual_time(Body body) {
    async::VirtualClock clock;
    EventLoop loop(clock);
    Resolver resolver(loop, options_);
    async::run(loop, body(resolver));
  }
  /// One look-up by a resolver of its own.
  LookUp look_up_once(const std::string& name) {
    EventLoop loop;
    Resolver resolver(loop, options_);
    return async::run(loop, look_up(resolver, name));
  }

  test_support::TempDir dir_;
  DnsServer dns_;
  ResolverOptions options_;
};

}  // namespace crawler::http
