// What c-ares found for a name, in our words.
//
//   const DnsAnswer answer = read_answer(status, info);   // in a callback of ares_getaddrinfo
//   if (answer) keep(answer->ips, answer->ttl);
//
// Contract: copies all that it takes; `info` may be null, and stays the caller's. No more than kMostAddresses
// of each family, the rest is ignored. Source: ares_getaddrinfo(3), RFC 2181 section 8
#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <vector>

#include <ares.h>

#include "crawler/http/addresses.h"

namespace crawler::http {

struct DnsRecords {
  std::vector<std::string> ipv4;
  std::vector<std::string> ipv6;
  std::chrono::seconds ttl;  // the smallest of the records, aliases included; below 0 counts as 0
};

using DnsAnswer = std::expected<DnsRecords, LookUpError>;

DnsAnswer read_answer(int status, const ares_addrinfo* info);

}  // namespace crawler::http
