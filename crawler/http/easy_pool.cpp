#include "crawler/http/easy_pool.h"

#include <stdexcept>
#include <string>
#include <utility>

#include <openssl/ssl.h>

namespace crawler::http {
namespace {

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  const CURLcode result = curl_easy_setopt(easy, option, value);
  if (result != CURLE_OK) throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(result));
}

/// 64 K costs the least time, but 10,000 at a time would hold 640 MB.
long buffer_size(std::size_t concurrency) {
  if (concurrency <= 200) return 64 * 1024;
  if (concurrency <= 2000) return 16 * 1024;
  return concurrency <= 5000 ? 4 * 1024 : 2 * 1024;
}

/// Called for each new TLS connection, before its handshake.
CURLcode share_store(CURL*, void* ssl_ctx, void* tls) noexcept {
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(ssl_ctx), static_cast<TlsStore*>(tls)->get());
  return CURLE_OK;
}

}  // namespace

EasyPool::EasyPool(const ClientOptions& options, TlsStore& tls, CookieJar* cookies)
    : options_(options), tls_(tls), cookies_(cookies) {}

std::unique_ptr<EasyHandle> EasyPool::take() {
  if (idle_.empty()) return make();
  std::unique_ptr<EasyHandle> easy = std::move(idle_.back());
  idle_.pop_back();
  easy->clear_message();
  return easy;
}

void EasyPool::give_back(std::unique_ptr<EasyHandle> easy) noexcept {
  if (idle_.size() < options_.concurrency) idle_.push_back(std::move(easy));
}

std::unique_ptr<EasyHandle> EasyPool::make() const {
  auto handle = std::make_unique<EasyHandle>();
  CURL* easy = handle->curl();
  set(easy, CURLOPT_NOSIGNAL, 1L);  // no SIGALRM to bound look-ups, no handlers set behind our back
  // A look-up that is given up would otherwise be waited for, on the loop.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_HTTP09_ALLOWED, 0L);
  set(easy, CURLOPT_HTTP_VERSION,
      static_cast<long>(options_.http1 ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
  set(easy, CURLOPT_PATH_AS_IS, 1L);                // the URL was parsed by other rules than libcurl's
  set(easy, CURLOPT_ACCEPT_ENCODING, "");           // all that libcurl can decode
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy's own response is not the page's
  // We tell the proxy of each URL ourselves: libcurl would look in the environment.
  set(easy, CURLOPT_NOPROXY, "");
  // Or each transfer's end walks all names known. A multi is given new addresses when they have changed.
  set(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
  if (!options_.user_agent.empty()) set(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
  if (cookies_ != nullptr) cookies_->attach(easy);
  set_limits(easy);
  set_tls(easy);
  return handle;
}

void EasyPool::set_limits(CURL* easy) const {
  set(easy, CURLOPT_BUFFERSIZE, buffer_size(options_.concurrency));
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, 10L);
  set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.stalled_after.count()));
}

void EasyPool::set_tls(CURL* easy) const {
  set(easy, CURLOPT_SSL_VERIFYPEER, options_.insecure ? 0L : 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, options_.insecure ? 0L : 2L);
  // Or each connection would read the system's authorities, only for share_store to replace them.
  const char* none = nullptr;
  set(easy, CURLOPT_CAINFO, none);
  set(easy, CURLOPT_CAPATH, none);
  set(easy, CURLOPT_SSL_CTX_FUNCTION, &share_store);
  set(easy, CURLOPT_SSL_CTX_DATA, static_cast<void*>(&tls_));
}

}  // namespace crawler::http
