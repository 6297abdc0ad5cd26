#include "crawler/http/ares_answer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <limits>
#include <netinet/in.h>

namespace crawler::http {
namespace {

void append(const void* address, int family, std::vector<std::string>& ips) {
  if (ips.size() == kMostAddresses) return;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inet_ntop(family, address, text.data(), text.size()) != nullptr) ips.emplace_back(text.data());
}

LookUpError error_of(int status) {
  switch (status) {
    case ARES_SUCCESS:
    case ARES_ENOTFOUND:
    case ARES_ENODATA:
    case ARES_ENONAME:
    case ARES_EBADNAME:
      return LookUpError::no_such_name;
    default:
      return LookUpError::no_answer;
  }
}

}  // namespace

DnsAnswer read_answer(int status, const ares_addrinfo* info) {
  if (status != ARES_SUCCESS || info == nullptr) return std::unexpected(error_of(status));
  DnsRecords records;
  records.ttl = std::chrono::seconds(std::numeric_limits<int>::max());
  for (const ares_addrinfo_node* node = info->nodes; node != nullptr; node = node->ai_next) {
    records.ttl = std::min(records.ttl, std::chrono::seconds(node->ai_ttl));
    if (node->ai_family == AF_INET)
      append(&reinterpret_cast<const sockaddr_in*>(node->ai_addr)->sin_addr, AF_INET, records.ipv4);
    else if (node->ai_family == AF_INET6)
      append(&reinterpret_cast<const sockaddr_in6*>(node->ai_addr)->sin6_addr, AF_INET6, records.ipv6);
  }
  for (const ares_addrinfo_cname* alias = info->cnames; alias != nullptr; alias = alias->next)
    records.ttl = std::min(records.ttl, std::chrono::seconds(alias->ttl));
  if (records.ipv4.empty() && records.ipv6.empty()) return std::unexpected(LookUpError::no_such_name);
  return records;
}

}  // namespace crawler::http
