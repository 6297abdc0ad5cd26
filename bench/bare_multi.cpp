// The floor: libcurl's multi handle on libevent, as lean as it can be made. Fetches the URLs of a list, so
// many at a time, and counts what comes: bare_multi CONCURRENCY LIST. The exit code is 1 if a URL failed.
//
// One multi, easy handles with the options of crawler/http/easy_pool.cpp, used again. Leaner than a program
// could be: nothing is kept, the cache of names is never swept, and what is due at once needs no timer.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <event2/event.h>

namespace {

template <auto free>
struct Free {
  template <class Handle>
  void operator()(Handle* handle) const {
    free(handle);
  }
};
using Base = std::unique_ptr<event_base, Free<event_base_free>>;
using Event = std::unique_ptr<event, Free<event_free>>;
using Multi = std::unique_ptr<CURLM, Free<curl_multi_cleanup>>;
using Easy = std::unique_ptr<CURL, Free<curl_easy_cleanup>>;

Base make_base() {
  event_config* config = event_config_new();
  if (config == nullptr) throw std::bad_alloc();
  event_config_set_flag(config, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
  Base base(event_base_new_with_config(config));
  event_config_free(config);
  if (!base) throw std::runtime_error("libevent cannot start");
  return base;
}

/// As in crawler/http/easy_pool.cpp.
long buffer_size(std::size_t concurrency) {
  if (concurrency <= 200) return 64 * 1024;
  return concurrency <= 2000 ? 16 * 1024 : 4 * 1024;
}

std::size_t count_bytes(char*, std::size_t size, std::size_t count, void* total) noexcept {
  *static_cast<std::uint64_t*>(total) += size * count;
  return size * count;
}

class BareMulti {
 public:
  BareMulti(std::size_t concurrency, std::vector<std::string> urls)
      : urls_(std::move(urls)),
        base_(make_base()),
        timer_(evtimer_new(
            base_.get(), [](evutil_socket_t, short, void* due) { *static_cast<bool*>(due) = true; },
            &is_due_)),
        multi_(curl_multi_init()) {
    if (!timer_ || !multi_) throw std::bad_alloc();
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &BareMulti::on_socket);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &BareMulti::on_timer);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(concurrency + 16));
    for (std::size_t i = 0; i < concurrency; ++i) easies_.push_back(make_easy(buffer_size(concurrency)));
  }
  ~BareMulti() {
    for (const Easy& easy : easies_) curl_multi_remove_handle(multi_.get(), easy.get());
  }
  BareMulti(const BareMulti&) = delete;
  BareMulti& operator=(const BareMulti&) = delete;

  void run() {
    for (const Easy& easy : easies_) start_next(easy.get());
    while (running_ > 0) {
      // All that was added in a round begins with one call.
      while (std::exchange(is_due_, false)) act(CURL_SOCKET_TIMEOUT, 0);
      event_base_loop(base_.get(), EVLOOP_ONCE);
      take_completed();
    }
  }

  std::size_t requests() const { return next_; }
  std::size_t failed() const { return failed_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  Easy make_easy(long buffer) {
    Easy handle(curl_easy_init());
    if (!handle) throw std::bad_alloc();
    CURL* easy = handle.get();
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "crawl/bench");
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, buffer);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 10L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, 20L);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t{16} << 20);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
    // They would be copied for each request.
    curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &count_bytes);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &bytes_);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &count_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &bytes_);
    return handle;
  }

  void start_next(CURL* easy) {
    if (next_ == urls_.size()) return;
    curl_easy_setopt(easy, CURLOPT_URL, urls_[next_++].c_str());
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) throw std::runtime_error("libcurl refuses");
    ++running_;
  }

  void act(curl_socket_t socket, int events) {
    int running = 0;
    curl_multi_socket_action(multi_.get(), socket, events, &running);
  }

  void take_completed() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      CURL* const easy = message->easy_handle;
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      if (message->data.result != CURLE_OK || status != 200) ++failed_;
      curl_multi_remove_handle(multi_.get(), easy);
      --running_;
      start_next(easy);
    }
  }

  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
    auto& bare = *static_cast<BareMulti*>(self);
    const auto at = static_cast<std::size_t>(socket);
    if (at >= bare.events_.size()) bare.events_.resize(at + 1);
    Event& ev = bare.events_[at];
    if (ev) event_del(ev.get());
    if (what == CURL_POLL_REMOVE) return 0;
    const int in = (what & CURL_POLL_IN) != 0 ? EV_READ : 0;
    const int out = (what & CURL_POLL_OUT) != 0 ? EV_WRITE : 0;
    const auto events = static_cast<short>(in | out | EV_PERSIST);
    if (ev)
      event_assign(ev.get(), bare.base_.get(), socket, events, &BareMulti::on_ready, self);
    else
      ev.reset(event_new(bare.base_.get(), socket, events, &BareMulti::on_ready, self));
    event_add(ev.get(), nullptr);
    return 0;
  }

  static void on_ready(evutil_socket_t socket, short events, void* self) noexcept {
    const int in = (events & EV_READ) != 0 ? CURL_CSELECT_IN : 0;
    const int out = (events & EV_WRITE) != 0 ? CURL_CSELECT_OUT : 0;
    static_cast<BareMulti*>(self)->act(socket, in | out);
  }

  static int on_timer(CURLM*, long timeout_ms, void* self) noexcept {
    auto& bare = *static_cast<BareMulti*>(self);
    bare.is_due_ = timeout_ms == 0;
    if (timeout_ms < 0) event_del(bare.timer_.get());
    if (timeout_ms <= 0) return 0;
    // One more, because libevent may be early, and libcurl says a time once.
    const timeval tv = {.tv_sec = (timeout_ms + 1) / 1000, .tv_usec = (timeout_ms + 1) % 1000 * 1000};
    event_add(bare.timer_.get(), &tv);
    return 0;
  }

  const std::vector<std::string> urls_;
  std::size_t next_ = 0;
  std::size_t running_ = 0;
  std::size_t failed_ = 0;
  std::uint64_t bytes_ = 0;
  bool is_due_ = false;
  Base base_;
  Event timer_;
  std::vector<Event> events_;  // by descriptor
  std::vector<Easy> easies_;
  Multi multi_;  // last: its clean-up still calls on_socket
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("bare_multi CONCURRENCY LIST\n", stderr);
    return 2;
  }
  curl_global_init(CURL_GLOBAL_DEFAULT);
  std::vector<std::string> urls;
  std::ifstream lines(arguments[2]);
  for (std::string line; std::getline(lines, line);) urls.push_back(line);
  BareMulti bare(std::strtoul(arguments[1], nullptr, 10), std::move(urls));
  bare.run();
  if (bare.failed() == 0) return 0;
  std::fprintf(stderr, "%zu of %zu requests failed\n", bare.failed(), bare.requests());
  return 1;
}
