// A DNS server that says what the test tells it to, over UDP and TCP.
//
//   DnsServer dns;
//   dns.set("example.test", DnsReply{.ips = {"127.0.0.1"}, .ttl = 60});
//   options.servers = dns.address();
//   EXPECT_EQ(dns.questions("example.test"), 1);
//
// Contract: on 127.0.0.1, on a thread of its own. Names in lower case without a trailing dot. One that was
// not set does not exist, but for `nNNN.hosts.test`, where NNN is a number: its address is
// numbered_address(NNN). What does not fit in 512 bytes comes over TCP.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/dns_message.h"
#include "tests/support/file_descriptor.h"

namespace test_support {

class DnsServer {
 public:
  DnsServer();
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;
  ~DnsServer();

  /// As ResolverOptions take it: "127.0.0.1:PORT".
  std::string address() const;

  void set(const std::string& name, DnsReply reply);
  /// One reply after the other, to each type of question; the last one stays.
  void set_in_turn(const std::string& name, std::vector<DnsReply> replies);

  /// How often the name was asked for, by A and AAAA together, and by each.
  int questions(const std::string& name) const;
  int questions(const std::string& name, std::uint16_t type) const;
  int all_questions() const;
  /// Returns when it was asked for so often by A; false if that took more than 20 s.
  bool wait_for_questions(const std::string& name, int count);

  /// What n5.hosts.test stands for is numbered_address(5); up to 16 million.
  static std::string numbered_address(std::uint32_t number);
  static std::string numbered_name(std::uint32_t number) {
    return "n" + std::to_string(number) + ".hosts.test";
  }

 private:
  struct Rule {
    std::vector<DnsReply> replies;
    std::map<std::uint16_t, int> asked;  // by type
  };
  void serve();
  void answer_datagrams();
  /// False when the connection is to be closed.
  bool answer_stream(int connection);
  DnsReply reply_to(const DnsQuestion& question);

  FileDescriptor udp_;
  FileDescriptor listener_;
  FileDescriptor stop_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable asked_;
  std::map<std::string, Rule> rules_;
  int all_questions_ = 0;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace test_support
