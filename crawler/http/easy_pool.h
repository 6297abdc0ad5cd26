// libcurl's easy handles, set up alike and used again.
//
//   std::unique_ptr<EasyHandle> easy = pool.take();
//   curl_easy_setopt(easy->curl(), CURLOPT_URL, url.c_str());
//   pool.give_back(std::move(easy));      // when it has left its multi
//
// Contract: loop thread only; outlives its handles. What a transfer sets on a handle, each transfer sets. A
// handle holds 6 kB while idle; no more than `concurrency` are kept. Source: libcurl-easy(3)
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <curl/curl.h>

#include "crawler/http/client_options.h"
#include "crawler/http/cookie_jar.h"
#include "crawler/http/easy_handle.h"
#include "crawler/http/tls_store.h"

namespace crawler::http {

class EasyPool {
 public:
  /// `cookies`: null if none are kept.
  EasyPool(const ClientOptions& options, TlsStore& tls, CookieJar* cookies);
  EasyPool(const EasyPool&) = delete;
  EasyPool& operator=(const EasyPool&) = delete;

  std::unique_ptr<EasyHandle> take();
  void give_back(std::unique_ptr<EasyHandle> easy) noexcept;

 private:
  std::unique_ptr<EasyHandle> make() const;
  void set_limits(CURL* easy) const;
  void set_tls(CURL* easy) const;

  const ClientOptions options_;
  TlsStore& tls_;
  CookieJar* cookies_;
  std::vector<std::unique_ptr<EasyHandle>> idle_;
};

}  // namespace crawler::http
