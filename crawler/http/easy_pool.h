// libcurl's easy handles, set up alike and used again.
//
//   EasyHandle easy = pool.take();
//   curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
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
#include "crawler/http/tls_store.h"

namespace crawler::http {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, FreeEasy>;

class EasyPool {
 public:
  EasyPool(const ClientOptions& options, TlsStore& tls);
  EasyPool(const EasyPool&) = delete;
  EasyPool& operator=(const EasyPool&) = delete;

  EasyHandle take();
  void give_back(EasyHandle easy) noexcept;

 private:
  EasyHandle make() const;
  void set_limits(CURL* easy) const;
  void set_tls(CURL* easy) const;

  const ClientOptions options_;
  TlsStore& tls_;
  std::vector<EasyHandle> idle_;
};

}  // namespace crawler::http
