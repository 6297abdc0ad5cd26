#include "crawler/http/http_client.h"

#include <stdexcept>
#include <utility>

#include <curl/curl.h>

#include "crawler/async/event_loop.h"
#include "crawler/http/session.h"

namespace crawler::http {
namespace {

// Never undone: a look-up that was given up may still run on libcurl's thread when the program ends.
void start_libcurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::runtime_error("libcurl cannot start");
}

}  // namespace

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

Transfer HttpClient::get(Request request) { return Transfer(open_session(), std::move(request)); }

bool HttpClient::needs_look_up(bool is_https, std::string_view host) const {
  const std::string& proxy = open_session().proxies.for_url(is_https, host);
  return proxy.empty() || !looks_names_up(proxy);
}

Resolver& HttpClient::resolver() { return open_session().resolver; }

std::size_t HttpClient::body_bytes() const { return session_ ? session_->body_bytes : 0; }

Session& HttpClient::open_session() const {
  if (!session_) throw std::logic_error("the HTTP client is not open");
  return *session_;
}

}  // namespace crawler::http
