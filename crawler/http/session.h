// What an open client holds, and its transfers use.
//
// Contract: loop thread only; outlives the transfers. Dependants stand last, so that they go first: a handle
// that is cleaned up takes its leave of the multi's connections, and those of the store.
#pragma once

#include <cstddef>
#include <optional>

#include "crawler/async/event_loop.h"
#include "crawler/http/client_options.h"
#include "crawler/http/cookie_jar.h"
#include "crawler/http/easy_pool.h"
#include "crawler/http/multi_pool.h"
#include "crawler/http/proxy_choice.h"
#include "crawler/http/request_headers.h"
#include "crawler/http/resolver.h"
#include "crawler/http/tls_store.h"

namespace crawler::http {

struct Session {
  Session(const ClientOptions& of_client, async::EventLoop& event_loop)
      : options(of_client),
        loop(event_loop),
        proxies(of_client.proxy),
        resolver(event_loop, resolver_options(of_client)),
        tls(of_client.cacert),
        headers(of_client.headers),
        open_multis(event_loop, of_client.connections),
        guarded_multis(event_loop, of_client.connections),
        easies(of_client, tls, of_client.cookies.empty() ? nullptr : &cookies.emplace(of_client.cookies)) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  static ResolverOptions resolver_options(const ClientOptions& of_client) {
    ResolverOptions resolver;
    resolver.servers = of_client.dns_servers;
    resolver.timeout = of_client.connect_timeout;
    return resolver;
  }

  const ClientOptions options;
  async::EventLoop& loop;
  const ProxyChoice proxies;
  Resolver resolver;
  TlsStore tls;
  const RequestHeaders headers;
  std::optional<CookieJar> cookies;
  // A connection to a private address is never lent to a request that may not lead there: who may and who may
  // not use other multis, and so other connections.
  MultiPool open_multis;
  MultiPool guarded_multis;
  EasyPool easies;
  std::size_t body_bytes = 0;  // what the running transfers hold of their bodies
};

}  // namespace crawler::http
