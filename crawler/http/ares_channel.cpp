#include "crawler/http/ares_channel.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crawler::http {
namespace {

// How late a question may be asked again. To ask c-ares for the time costs a walk over all questions.
constexpr async::Duration kTick = std::chrono::milliseconds(50);

// The first wait, and twice that, and four times.
constexpr int kTries = 3;
constexpr int kFirstWaits = 1 + 2 + 4;

// Answers to hundreds of names may come at once; the system's default loses those beyond some 300.
constexpr int kSocketBuffer = 1 << 20;  // the system may allow less

void check(int status, const std::string& what) {
  if (status != ARES_SUCCESS) throw std::runtime_error(what + ": " + ares_strerror(status));
}

}  // namespace

/// What c-ares holds of a question until it has answered.
struct AresChannel::Pending {
  AresChannel& channel;
  Question* question;  // null: withdrawn
};

AresChannel::Poll::Poll() : fd(epoll_create1(EPOLL_CLOEXEC)) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

AresChannel::Poll::~Poll() { close(fd); }

AresChannel::Library::Library() { check(ares_library_init(ARES_LIB_INIT_ALL), "c-ares cannot start"); }

void AresChannel::Question::withdraw() noexcept {
  if (Pending* const pending = std::exchange(pending_, nullptr)) pending->question = nullptr;
}

AresChannel::AresChannel(async::EventLoop& loop, const std::string& servers, const std::string& resolv_conf,
                         std::chrono::milliseconds timeout)
    : loop_(loop),
      ready_(event_new(loop.base(), poll_.fd, EV_READ | EV_PERSIST, &AresChannel::on_ready, this)) {
  if (!ready_ || event_add(ready_.get(), nullptr) != 0) throw std::bad_alloc();
  ares_options options{};
  std::string lookups = "b";
  std::string path = resolv_conf;
  options.timeout = static_cast<int>(std::clamp<long>(timeout.count() / kFirstWaits, 1, 60'000));
  options.tries = kTries;
  options.lookups = lookups.data();
  options.resolvconf_path = path.data();
  options.socket_send_buffer_size = kSocketBuffer;
  options.socket_receive_buffer_size = kSocketBuffer;
  options.sock_state_cb = &AresChannel::on_socket;
  options.sock_state_cb_data = this;
  int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS | ARES_OPT_RESOLVCONF |
             ARES_OPT_SOCK_SNDBUF | ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_STATE_CB;
#ifdef ARES_OPT_QUERY_CACHE
  // It has no bound but time; the resolver keeps what is worth it.
  options.qcache_max_ttl = 0;
  mask |= ARES_OPT_QUERY_CACHE;
#endif
  // Nothing may be thrown through c-ares's frames.
  static_assert(noexcept(on_socket(nullptr, 0, 0, 0))&& noexcept(on_answer(nullptr, 0, 0, nullptr)));
  ares_channeldata* channel = nullptr;
  check(ares_init_options(&channel, &options, mask), "c-ares cannot start");
  channel_.reset(channel);
  if (!servers.empty())
    check(ares_set_servers_ports_csv(channel, servers.c_str()), "not a list of DNS servers: " + servers);
}

void AresChannel::ask(const std::string& name, int family, Question& question) {
  auto* const pending = new Pending{.channel = *this, .question = &question};
  question.pending_ = pending;
  if (pending_++ == 0) loop_.timers().arm(*this, loop_.now() + kTick);
  ares_addrinfo_hints hints{};
  hints.ai_family = family;
  hints.ai_flags = ARES_AI_NOSORT;  // or it would open a socket for each address
  ares_getaddrinfo(channel_.get(), name.c_str(), nullptr, &hints, &AresChannel::on_answer, pending);
}

void AresChannel::on_answer(void* pending, int status, int, ares_addrinfo* info) noexcept {
  const std::unique_ptr<Pending> answered(static_cast<Pending*>(pending));
  const std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)> owned(info, &ares_freeaddrinfo);
  if (--answered->channel.pending_ == 0) answered->channel.loop_.timers().disarm(answered->channel);
  Question* const question = answered->question;
  if (question == nullptr) return;
  question->pending_ = nullptr;
  question->take_answer(read_answer(status, info));
}

void AresChannel::on_socket(void* self, ares_socket_t socket, int readable, int writable) noexcept {
  const int poll = static_cast<AresChannel*>(self)->poll_.fd;
  epoll_event wanted{};
  wanted.events = (readable != 0 ? EPOLLIN : 0U) | (writable != 0 ? EPOLLOUT : 0U);
  wanted.data.fd = socket;
  if (wanted.events == 0)
    epoll_ctl(poll, EPOLL_CTL_DEL, socket, nullptr);
  else if (epoll_ctl(poll, EPOLL_CTL_MOD, socket, &wanted) != 0)
    epoll_ctl(poll, EPOLL_CTL_ADD, socket, &wanted);
}

void AresChannel::on_ready(evutil_socket_t, short, void* self) noexcept {
  static_cast<AresChannel*>(self)->act_on_ready();
}

void AresChannel::act_on_ready() noexcept {
  const async::EventLoop::Step step(loop_, "c-ares");
  std::array<epoll_event, 16> ready{};
  const int count = epoll_wait(poll_.fd, ready.data(), static_cast<int>(ready.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& socket = ready[static_cast<std::size_t>(i)];
    // Errors are found by reading.
    ares_process_fd(channel_.get(), (socket.events & ~EPOLLOUT) != 0 ? socket.data.fd : ARES_SOCKET_BAD,
                    (socket.events & EPOLLOUT) != 0 ? socket.data.fd : ARES_SOCKET_BAD);
  }
}

void AresChannel::fire() noexcept {
  const async::EventLoop::Step step(loop_, "c-ares");
  loop_.timers().arm(*this, loop_.now() + kTick);
  ares_process_fd(channel_.get(), ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

}  // namespace crawler::http
