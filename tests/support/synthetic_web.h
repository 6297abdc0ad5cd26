// A web of many hosts on loopback, for a crawler that follows links, and what it owes each page.
//
//   SyntheticWeb web({.hosts = 300, .pages = 100'000});
//   crawl({"--follow", "--scope", "domain", "--dns-servers", web.dns_servers(), web.start_url()});
//   EXPECT_THAT(web.missing(), IsEmpty());
//   EXPECT_THAT(web.forbidden(), IsEmpty());
//   EXPECT_GE(*web.smallest_gap("n3.hosts.test"), 20ms);
//
// Contract: one server and one name server, each on a thread of its own; every host has an address of its own
// in 127.0.0.0/8. What a page is: synthetic_plan.h. In memory is only what was asked for. Public members are
// for any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tests/support/dns_server.h"
#include "tests/support/synthetic_plan.h"
#include "tests/support/test_server.h"

namespace test_support {

class SyntheticWeb {
 public:
  using Clock = std::chrono::steady_clock;
  struct Request {
    std::string host;
    std::string target;
    Clock::time_point at;  // when its last header byte was read
  };
  struct ExpectedRow {
    std::string url;
    int status;
    friend auto operator<=>(const ExpectedRow&, const ExpectedRow&) = default;
  };

  explicit SyntheticWeb(const WebSize& size);

  const SyntheticPlan& plan() const { return plan_; }
  std::string start_url() const { return url(SyntheticPlan::name(0), "/p/0"); }
  std::string url(std::string_view host, std::string_view path) const;
  /// Of a URL of this web.
  Duty duty(std::string_view url) const;
  /// As --dns-servers takes it. "outside.test" does not exist.
  std::string dns_servers() const { return dns_.address(); }
  const DnsServer& dns() const { return dns_; }

  /// Each page that is to be fetched, sorted by URL. Those of the snares that a budget ends are not among
  /// them, but for the first.
  std::vector<ExpectedRow> expected() const;

  /// False if that took longer.
  bool wait_for_requests(std::size_t count, std::chrono::milliseconds limit) const;
  /// Whether all connections were closed before `limit` was over: then no request of a client that has ended
  /// is still to come.
  bool wait_for_silence(std::chrono::milliseconds limit) const;
  /// From number `first` on, in the order in which they came.
  std::vector<Request> requests(std::size_t first = 0) const;
  std::size_t request_count() const;
  std::size_t requests_of_host(std::string_view host) const;
  /// URLs that were to be fetched, and were not asked for, or too seldom.
  std::vector<std::string> missing() const;
  /// URLs that were to be asked for, and were so oftener than that.
  std::vector<std::string> asked_too_often() const;
  /// URLs that were asked for and may not be.
  std::vector<std::string> forbidden() const;
  /// Between two requests to the host, robots.txt aside; none where there were not two.
  std::optional<std::chrono::microseconds> smallest_gap(std::string_view host) const;

 private:
  Script respond(const std::string& target, const std::string& head);
  std::vector<std::string> asked_beyond(std::uint32_t least_allowed, std::uint32_t most_allowed) const;
  std::uint32_t count_of(const std::string& host, const std::string& target) const;

  const SyntheticPlan plan_;
  mutable std::mutex mutex_;
  std::vector<Request> log_;
  std::unordered_map<std::string, std::uint32_t> counts_;  // by host and target
  DnsServer dns_;
  TestServer server_;  // last: its thread uses all of the above
};

}  // namespace test_support
