#include "crawler/http/ip_families.h"

#include <ifaddrs.h>
#include <memory>
#include <netinet/in.h>

namespace crawler::http {

IpFamilies read_ip_families() {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owned(list, &freeifaddrs);
  IpFamilies families;
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_INET6) continue;
    const in6_addr& ip = reinterpret_cast<const sockaddr_in6*>(entry->ifa_addr)->sin6_addr;
    if (IN6_IS_ADDR_LOOPBACK(&ip) || IN6_IS_ADDR_LINKLOCAL(&ip)) continue;
    families.has_ipv6 = true;
    const bool is_global = (ip.s6_addr[0] & 0xe0) == 0x20;
    if (is_global) families.prefers_ipv6 = true;
  }
  return families;
}

}  // namespace crawler::http
