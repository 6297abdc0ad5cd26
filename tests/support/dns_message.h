// The bytes of DNS, as far as a server of addresses needs them, and wrongly where a test wants that.
//
//   const std::optional<DnsQuestion> question = parse_question(bytes);
//   send(encode(*question, DnsReply{.ips = {"192.0.2.1"}, .ttl = 60}));
//
// Contract: A, AAAA and CNAME records alone. Source: RFC 1035 section 4, RFC 3596
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test_support {

inline constexpr std::uint16_t kTypeA = 1;
inline constexpr std::uint16_t kTypeAaaa = 28;

enum class DnsCode { no_error = 0, server_failure = 2, no_such_name = 3, refused = 5 };

/// What a server says to a question: to one for A the IPv4 addresses of `ips`, to one for AAAA the others.
struct DnsReply {
  std::vector<std::string> ips = {};
  std::uint32_t ttl = 300;
  DnsCode code = DnsCode::no_error;
  std::string alias = {};  // the name has this other name, and the addresses are that one's
  bool is_silent = false;
  bool is_silent_on_ipv6 = false;
  bool wants_tcp = false;     // over UDP it is truncated
  bool hangs_up_tcp = false;  // and over TCP there is none
  bool is_silent_on_tcp = false;
  bool is_garbage = false;  // after the question
  bool has_other_id = false;
  bool has_other_question = false;
};

struct DnsQuestion {
  std::uint16_t id;
  std::uint16_t type;
  std::string name;   // in lower case
  std::string bytes;  // as it was asked
};

std::optional<DnsQuestion> parse_question(std::string_view message);
std::string encode(const DnsQuestion& question, const DnsReply& reply);
/// The beginning of a reply that did not fit.
std::string encode_truncated(const DnsQuestion& question);

}  // namespace test_support
