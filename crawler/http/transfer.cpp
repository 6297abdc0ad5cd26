#include "crawler/http/transfer.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

namespace crawler::http {
namespace {

// A hostile Content-Length must not make us hold memory that never fills.
constexpr curl_off_t kMaxReserve = 1024 * 1024;

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

}  // namespace

Transfer::Transfer(CurlMulti& multi, EasyPool& easies, std::size_t& body_bytes, std::size_t max_body,
                   Request request)
    : Waiter("a response"),
      multi_(multi),
      easies_(easies),
      body_bytes_(body_bytes),
      max_body_(max_body),
      request_(std::move(request)) {}

Transfer::~Transfer() {
  if (easy_) leave();
}

void Transfer::start() {
  assert(!easy_ && !attempt_.total);
  // Nothing may be thrown through libcurl's frames.
  static_assert(noexcept(on_header(nullptr, 0, 0, nullptr))&& noexcept(on_body(nullptr, 0, 0, nullptr)));
  std::unique_ptr<EasyHandle> easy = easies_.take();
  curl_easy_setopt(easy->curl(), CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy->curl(), CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy->curl(), CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy->curl(), CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy->curl(), CURLOPT_WRITEDATA, this);
  multi_.add(easy->curl(), *this);
  // From here on the destructor would remove it.
  easy_ = std::move(easy);
  started_at_ = multi_.loop().now();
  acts_before_ = multi_.acts();
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.headers_.add({data, size * count})) return size * count;
  transfer.error_ = TransferError::header_limit;
  return CURL_WRITEFUNC_ERROR;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.take_body({data, size * count})) return size * count;
  transfer.error_ = TransferError::too_large;
  return CURL_WRITEFUNC_ERROR;
}

bool Transfer::take_body(std::string_view bytes) {
  if (bytes.size() > max_body_ - body_.size()) return false;
  if (body_.empty()) {
    const auto announced = info<curl_off_t>(easy_->curl(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
    body_.reserve(static_cast<std::size_t>(std::clamp(announced, curl_off_t{0}, kMaxReserve)));
  }
  body_.append(bytes);
  body_bytes_ += bytes.size();
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

Transfer::Result Transfer::finish() {
  throw_if_cancelled();
  if (error_) return std::unexpected(*error_);
  return Response{.status = *attempt_.status, .headers = headers_.take(), .body = std::move(body_)};
}

void Transfer::leave() {
  body_bytes_ -= body_.size();
  note_attempt();
  multi_.remove(easy_->curl());
  easies_.give_back(std::move(easy_));
}

Stage Transfer::stage() const {
  CURL* easy = easy_->curl();
  if (headers_.is_complete()) return Stage::receiving_body;
  if (headers_.has_begun() || info<curl_off_t>(easy, CURLINFO_PRETRANSFER_TIME_T) != 0)
    return Stage::awaiting_headers;
  return info<curl_off_t>(easy, CURLINFO_NAMELOOKUP_TIME_T) != 0 ? Stage::connecting : Stage::resolving;
}

std::optional<TransferError> Transfer::error_in(CURLcode result) const {
  if (result != CURLE_OK) return error_of(result, stage(), easy_->message());
  // To libcurl a response is whole if the connection ends within its headers.
  if (!headers_.is_complete()) return TransferError::protocol;
  return std::nullopt;
}

void Transfer::note_attempt() {
  CURL* easy = easy_->curl();
  attempt_.total = multi_.loop().now() - started_at_;
  // Cancelled before libcurl had a turn: what the handle tells is of the transfer before.
  if (multi_.acts() == acts_before_) return;
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
