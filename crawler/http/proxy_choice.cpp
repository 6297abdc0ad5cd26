#include "crawler/http/proxy_choice.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <curl/curl.h>

#include "crawler/http/address_prefix.h"

namespace crawler::http {
namespace {

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t bits = 0;
};

std::optional<Address> read_address(std::string_view text) {
  Address address;
  const std::string terminated(text);
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1)
    address.bits = 32;
  else if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1)
    address.bits = 128;
  else
    return std::nullopt;
  return address;
}

/// "10.1.2.3", or "10.0.0.0/8" for all that begin so.
bool covers(std::string_view network, const Address& address) {
  const std::size_t slash = std::min(network.find('/'), network.size());
  const std::optional<Address> first = read_address(network.substr(0, slash));
  if (!first || first->bits != address.bits) return false;
  std::size_t bits = address.bits;
  if (slash < network.size()) {
    const char* end = network.data() + network.size();
    const auto result = std::from_chars(network.data() + slash + 1, end, bits);
    if (result.ec != std::errc() || result.ptr != end || bits > address.bits) return false;
  }
  return begin_alike(first->bytes.data(), address.bytes.data(), bits);
}

/// The name itself, or one below it.
bool is_within(std::string_view name, std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  if (domain.starts_with('.')) domain.remove_prefix(1);
  if (name.ends_with('.')) name.remove_suffix(1);
  if (domain.empty() || name.size() < domain.size()) return false;
  const std::size_t rest = name.size() - domain.size();
  if (rest > 0 && name[rest - 1] != '.') return false;
  return curl_strnequal(name.data() + rest, domain.data(), domain.size()) != 0;
}

std::vector<std::string> split(std::string_view list) {
  constexpr std::string_view kBetween = ", \t";
  std::vector<std::string> parts;
  std::size_t end = 0;
  for (;;) {
    const std::size_t begin = list.find_first_not_of(kBetween, end);
    if (begin == std::string_view::npos) return parts;
    end = std::min(list.find_first_of(kBetween, begin), list.size());
    parts.emplace_back(list.substr(begin, end - begin));
  }
}

std::string first_of(const ProxyChoice::Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (std::string value = environment(name); !value.empty()) return value;
  return "";
}

std::string environment_of_process(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

ProxyChoice::ProxyChoice(const std::optional<std::string>& given)
    : ProxyChoice(given, &environment_of_process) {}

ProxyChoice::ProxyChoice(const std::optional<std::string>& given, const Environment& environment) {
  if (given) {
    http_ = https_ = *given;
  } else {
    http_ = first_of(environment, {"http_proxy", "all_proxy", "ALL_PROXY"});
    https_ = first_of(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  }
  const std::string exceptions = first_of(environment, {"no_proxy", "NO_PROXY"});
  has_none_ = (http_.empty() && https_.empty()) || exceptions == "*";
  exceptions_ = split(exceptions);
}

const std::string& ProxyChoice::for_url(bool is_https, std::string_view host) const {
  static const std::string none;
  if (has_none_ || is_direct(host)) return none;
  return is_https ? https_ : http_;
}

bool ProxyChoice::is_direct(std::string_view host) const {
  if (exceptions_.empty()) return false;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::optional<Address> address = read_address(host);
  return std::ranges::any_of(exceptions_, [&](std::string_view exception) {
    return address ? covers(exception, *address) : is_within(host, exception);
  });
}

bool looks_names_up(std::string_view proxy) {
  const std::string_view scheme = proxy.substr(0, proxy.find("://"));
  return std::ranges::none_of(std::array<std::string_view, 3>{"socks5", "socks4", "socks"},
                              [&](std::string_view own) {
                                return scheme.size() < proxy.size() && scheme.size() == own.size() &&
                                       curl_strnequal(scheme.data(), own.data(), own.size()) != 0;
                              });
}

}  // namespace crawler::http
