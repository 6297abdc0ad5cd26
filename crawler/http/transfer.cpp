#include "crawler/http/transfer.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include "crawler/http/private_address.h"

namespace crawler::http {
namespace {

// A hostile Content-Length must not make us hold memory that never fills: so much at once, and then as many
// times what has come.
constexpr std::size_t kFirstReserve = 1024 * 1024;
constexpr std::size_t kReserveFactor = 4;
// So much of a body that nobody wants comes sooner than a new connection.
constexpr std::size_t kMostToDrop = 16 * 1024;

/// Valid in every state of a transfer, and in libcurl's callbacks too.
template <class Value>
Value info(CURL* easy, CURLINFO what) {
  Value value{};
  curl_easy_getinfo(easy, what, &value);
  return value;
}

/// libcurl counts at least 1 µs for a phase that was reached.
std::optional<Attempt::Milliseconds> time_of(CURL* easy, CURLINFO what) {
  const auto us = info<curl_off_t>(easy, what);
  if (us == 0) return std::nullopt;
  return std::chrono::microseconds(us);
}

/// As CURLOPT_RESOLVE takes it: "+example.com:443:192.0.2.1,[2001:db8::1]". Without the plus sign one that a
/// name begins with, or a minus, would be libcurl's; it ends with the cache's time, which never does.
std::string resolve_entry(const Origin& origin, const Addresses& addresses) {
  std::string entry = '+' + std::string(origin.host) + ':' + std::to_string(origin.port);
  char separator = ':';
  for (const std::string& ip : addresses.ips) {
    const bool is_v6 = ip.find(':') != std::string::npos;
    entry += separator + (is_v6 ? '[' + ip + ']' : ip);
    separator = ',';
  }
  return entry;
}

std::string_view http_version(CURL* easy) {
  switch (info<long>(easy, CURLINFO_HTTP_VERSION)) {
    case CURL_HTTP_VERSION_1_0:
      return "1.0";
    case CURL_HTTP_VERSION_1_1:
      return "1.1";
    case CURL_HTTP_VERSION_2_0:
      return "2";
    default:
      return {};
  }
}

/// What goes beside the cookies that the jar knows to belong there.
std::string own_cookies(const Session& session, const std::string& url) {
  std::string cookies = session.headers.cookies();
  if (!session.cookies) return cookies;
  const std::string of_file = session.cookies->for_listed_origin(url);
  if (!cookies.empty() && !of_file.empty()) cookies += "; ";
  return cookies + of_file;
}

}  // namespace

Transfer::Transfer(Session& session, Request request)
    : Waiter("a response"),
      session_(session),
      request_(std::move(request)),
      origin_(origin_of(request_.url)) {}

Transfer::~Transfer() {
  if (easy_) leave();
}

bool Transfer::is_refused() {
  if (request_.may_reach_private || !is_private_literal(origin_.host)) return false;
  error_ = TransferError::blocked_address;
  attempt_.total = Attempt::Milliseconds(0);
  return true;
}

void Transfer::start() {
  assert(!easy_ && !attempt_.total);
  seat_.emplace(multis().take(origin_.key, request_.addresses));
  std::unique_ptr<EasyHandle> easy = session_.easies.take();
  set_up(easy->curl());
  seat_->multi().add(easy->curl(), *this);
  // From here on the destructor would remove it.
  easy_ = std::move(easy);
  started_at_ = session_.loop.now();
  acts_before_ = seat_->multi().acts();
  if (request_.timeout) session_.loop.timers().arm(*this, session_.loop.time_after(*request_.timeout));
}

MultiPool& Transfer::multis() const {
  return request_.may_reach_private ? session_.open_multis : session_.guarded_multis;
}

void Transfer::set_up(CURL* easy) {
  // Nothing may be thrown through libcurl's frames.
  static_assert(noexcept(on_header(nullptr, 0, 0, nullptr))&& noexcept(on_body(nullptr, 0, 0, nullptr)));
  static_assert(noexcept(on_open_socket(nullptr, CURLSOCKTYPE_IPCXN, nullptr)));
  static_assert(noexcept(on_connected(nullptr, nullptr, nullptr, 0, 0)));
  if (seat_->needs_addresses()) append(addresses_, resolve_entry(origin_, *request_.addresses));
  const std::string& proxy = session_.proxies.for_url(origin_.is_https, origin_.host);
  is_proxied_ = !proxy.empty();
  if (session_.cookies) session_.cookies->make_room();
  const bool is_listed = request_.is_to_listed_origin;
  const std::string cookies = is_listed ? own_cookies(session_, request_.url) : "";
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER,
                   is_listed ? session_.headers.for_listed_origin() : session_.headers.for_others());
  curl_easy_setopt(easy, CURLOPT_COOKIE, cookies.empty() ? nullptr : cookies.c_str());
  curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_RESOLVE, addresses_.get());
  // A server that speaks HTTP/2 is asked for all on one connection, and so the others wait for the first.
  curl_easy_setopt(easy, CURLOPT_PIPEWAIT, origin_.is_https && !session_.options.http1 ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
  return static_cast<Transfer*>(self)->open_socket(*address);
}

/// The last word on where a request may lead: whatever the name stood for before, this is the address.
curl_socket_t Transfer::open_socket(const curl_sockaddr& address) {
  if (!request_.may_reach_private && !is_proxied_ && is_private(address.addr)) {
    socket_error_ = TransferError::blocked_address;
    return CURL_SOCKET_BAD;
  }
  const int descriptor = socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
  if (descriptor >= 0)
    has_opened_socket_ = true;
  else if (errno == EMFILE || errno == ENFILE)
    socket_error_ = TransferError::no_descriptor;
  return descriptor >= 0 ? descriptor : CURL_SOCKET_BAD;
}

int Transfer::on_connected(void* self, char*, char*, int, int) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  ++transfer.tries_;
  if (transfer.request_.connect_watcher != nullptr) transfer.request_.connect_watcher->note_connected();
  return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(data, size * count);
  if (transfer.session_.cookies) transfer.session_.cookies->note_header(transfer.request_.url, line);
  return transfer.take_header(line) ? size * count : CURL_WRITEFUNC_ERROR;
}

bool Transfer::take_header(std::string_view line) {
  const bool was_complete = headers_.is_complete();  // and this is a trailer
  if (!headers_.add(line)) {
    error_ = TransferError::header_limit;
    return false;
  }
  if (was_complete || !headers_.is_complete() || is_of_accepted_type()) return true;
  error_ = TransferError::type;
  return is_little_left();
}

bool Transfer::is_of_accepted_type() const {
  if (!request_.accept) return true;
  // What is said beside a redirect or a refusal is of no matter.
  const long status = info<long>(easy_->curl(), CURLINFO_RESPONSE_CODE);
  if (status < 200 || status >= 300) return true;
  return request_.accept->accepts(find_header(headers_.text(), "content-type"));
}

bool Transfer::is_little_left() const {
  const auto length = find_header(headers_.text(), "content-length");
  std::size_t bytes = 0;
  return length && std::from_chars(length->begin(), length->end(), bytes).ec == std::errc() &&
         bytes <= kMostToDrop;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.take_body({data, size * count})) return size * count;
  if (!transfer.error_) transfer.error_ = TransferError::too_large;
  return CURL_WRITEFUNC_ERROR;
}

bool Transfer::take_body(std::string_view bytes) {
  if (error_) {
    // Counted, for what was announced need not be what comes: chunks, and what is compressed, may be any
    // size.
    dropped_ += bytes.size();
    return dropped_ <= kMostToDrop;
  }
  if (bytes.size() > session_.options.max_body - body_.size()) return false;
  if (bytes.size() > body_.capacity() - body_.size()) {
    const auto length = info<curl_off_t>(easy_->curl(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);  // -1: none
    const auto announced = static_cast<std::size_t>(std::max(length, curl_off_t{0}));
    if (announced > session_.options.max_body) return false;
    body_.reserve(std::min(announced, std::max(kFirstReserve, kReserveFactor * body_.size())));
  }
  body_.append(bytes);
  session_.body_bytes += bytes.size();
  return true;
}

void Transfer::complete(CURLcode result) noexcept {
  if (!error_) error_ = error_in(result);
  leave();
  wake();
}

void Transfer::cancel_wait() noexcept {
  leave();
  wake_cancelled();
}

void Transfer::fire() noexcept {
  if (!error_) error_ = TransferError::timeout;
  leave();
  wake();
}

Transfer::Result Transfer::finish() {
  throw_if_cancelled();
  if (error_) return std::unexpected(*error_);
  return Response{.status = *attempt_.status, .headers = headers_.take(), .body = std::move(body_)};
}

void Transfer::leave() {
  session_.loop.timers().disarm(*this);
  session_.body_bytes -= body_.size();
  note_attempt();
  seat_->multi().remove(easy_->curl());
  if (addresses_ && seat_->multi().acts() != acts_before_)
    multis().note_told(*seat_, origin_.key, request_.addresses);
  // libcurl counts over all of a handle's transfers how often it had to repeat a request, and gives up at
  // six.
  if (tries_ <= 1) session_.easies.give_back(std::move(easy_));
  easy_.reset();
  seat_.reset();
}

Stage Transfer::stage() const {
  CURL* easy = easy_->curl();
  if (headers_.is_complete()) return Stage::receiving_body;
  if (headers_.has_begun() || info<curl_off_t>(easy, CURLINFO_PRETRANSFER_TIME_T) != 0)
    return Stage::awaiting_headers;
  return info<curl_off_t>(easy, CURLINFO_NAMELOOKUP_TIME_T) != 0 ? Stage::connecting : Stage::resolving;
}

std::optional<TransferError> Transfer::error_in(CURLcode result) const {
  if (result != CURLE_OK && socket_error_ && !has_opened_socket_) return socket_error_;
  if (result != CURLE_OK) return error_of(result, stage(), easy_->message());
  // To libcurl a response is whole if the connection ends within its headers.
  if (!headers_.is_complete()) return TransferError::protocol;
  return std::nullopt;
}

void Transfer::note_attempt() {
  CURL* easy = easy_->curl();
  attempt_.total = session_.loop.now() - started_at_;
  // Cancelled before libcurl had a turn: what the handle tells is of the transfer before.
  if (seat_->multi().acts() == acts_before_) return;
  attempt_.bytes = info<curl_off_t>(easy, CURLINFO_SIZE_DOWNLOAD_T);
  if (const char* ip = info<const char*>(easy, CURLINFO_PRIMARY_IP)) attempt_.ip = ip;
  attempt_.reused_connection = !attempt_.ip.empty() && info<long>(easy, CURLINFO_NUM_CONNECTS) == 0;
  // libcurl gives a reused connection times too, of finding it.
  if (!attempt_.reused_connection) {
    attempt_.dns = time_of(easy, CURLINFO_NAMELOOKUP_TIME_T);
    attempt_.connect = time_of(easy, CURLINFO_CONNECT_TIME_T);
    attempt_.tls = time_of(easy, CURLINFO_APPCONNECT_TIME_T);
  }
  if (headers_.has_begun()) {
    attempt_.first_byte = time_of(easy, CURLINFO_STARTTRANSFER_TIME_T);
    attempt_.http_version = http_version(easy);
  }
  if (headers_.is_complete()) attempt_.status = static_cast<int>(info<long>(easy, CURLINFO_RESPONSE_CODE));
}

}  // namespace crawler::http
