#include "crawler/http/http_client.h"

#include <stdexcept>
#include <utility>

#include <curl/curl.h>

#include "crawler/async/event_loop.h"
#include "crawler/http/curl_multi.h"
#include "crawler/http/easy_pool.h"
#include "crawler/http/tls_store.h"

namespace crawler::http {
namespace {

// Beyond those in use, so that a connection just given back is not closed for one that is being made.
constexpr std::size_t kSpareConnections = 16;

// Never undone: a look-up that was given up may still run on libcurl's thread when the program ends.
void start_libcurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::runtime_error("libcurl cannot start");
}

}  // namespace

// Dependants last, so that they go first: a handle that is cleaned up takes its leave of the multi's
// connections, and those of the store.
struct HttpClient::Session {
  Session(const ClientOptions& options, async::EventLoop& loop)
      : tls(options.cacert), multi(loop, options.concurrency + kSpareConnections), easies(options, tls) {}

  TlsStore tls;
  CurlMulti multi;
  EasyPool easies;
  std::size_t body_bytes = 0;
};

HttpClient::HttpClient(const ClientOptions& options) : options_(options) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

async::Task<> HttpClient::enter() {
  start_libcurl();
  session_ = std::make_unique<Session>(options_, async::EventLoop::current());
  co_return;
}

async::Task<> HttpClient::exit(const std::exception_ptr&) {
  session_.reset();
  co_return;
}

Transfer HttpClient::get(Request request) {
  if (!session_) throw std::logic_error("the HTTP client is not open");
  return Transfer(session_->multi, session_->easies, session_->body_bytes, options_.max_body,
                  std::move(request));
}

std::size_t HttpClient::body_bytes() const { return session_ ? session_->body_bytes : 0; }

}  // namespace crawler::http
