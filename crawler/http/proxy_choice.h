// Which proxy a request goes through: decided here and not by libcurl, so that it is known whether a name is
// ours to look up.
//
//   const ProxyChoice choice(options.proxy);
//   const std::string& proxy = choice.for_url(origin.is_https, origin.host);    // "" : none
//   if (proxy.empty() || !looks_names_up(proxy)) addresses = co_await resolver.look_up(origin.host);
//   curl_easy_setopt(easy, CURLOPT_PROXY, proxy.c_str());
//   curl_easy_setopt(easy, CURLOPT_NOPROXY, "");              // libcurl is not to read the environment too
//
// Contract: a value; for_url() is pure, and its result lives as long as the choice. The environment is read
// by the constructor: http_proxy (never HTTP_PROXY, which a web server's client may set), https_proxy,
// all_proxy and no_proxy, the last three in capitals too; an empty one is none. NO_PROXY is a list of names,
// each with all below it, of addresses and of networks, or "*". It has no ports. Source:
// libcurl-env(3), CURLOPT_NOPROXY(3)
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crawler::http {

class ProxyChoice {
 public:
  /// The value of a variable; empty if there is none.
  using Environment = std::function<std::string(const char* name)>;

  /// `given`: the proxy for all URLs, "" for none; if absent, what the environment says.
  explicit ProxyChoice(const std::optional<std::string>& given);
  ProxyChoice(const std::optional<std::string>& given, const Environment& environment);

  /// Whether some URL may have one.
  bool has_any() const { return !has_none_; }
  /// `host` as Url::host() gives it.
  const std::string& for_url(bool is_https, std::string_view host) const;

 private:
  bool is_direct(std::string_view host) const;

  std::string http_;
  std::string https_;
  bool has_none_ = false;                // no URL has a proxy
  std::vector<std::string> exceptions_;  // of NO_PROXY
};

/// Whether the proxy is told names, and not addresses. One without a scheme is an HTTP proxy.
bool looks_names_up(std::string_view proxy);

}  // namespace crawler::http
