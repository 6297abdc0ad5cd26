#include "tests/support/raw_server.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include <openssl/ssl.h>

namespace test_support {
namespace {

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

FileDescriptor listen_on_loopback(int backlog) {
  FileDescriptor listener = FileDescriptor::checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
  const sockaddr_in address = loopback(0);
  if (bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0 ||
      listen(listener.get(), backlog) < 0) {
    throw std::system_error(errno, std::generic_category(), "listen");
  }
  return listener;
}

std::uint16_t port_of(const FileDescriptor& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

FileDescriptor connect_to_loopback(std::uint16_t port) {
  FileDescriptor client =
      FileDescriptor::checked(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
  const sockaddr_in address = loopback(port);
  if (connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0 &&
      errno != EINPROGRESS) {
    throw std::system_error(errno, std::generic_category(), "connect");
  }
  return client;
}

RawServer::RawServer(std::string answer)
    : answer_(std::move(answer)), listener_(listen_on_loopback(SOMAXCONN)), port_(port_of(listener_)) {
  thread_ = std::thread([this] { serve(); });
}

RawServer::RawServer(std::string answer, const Certificate& certificate)
    : answer_(std::move(answer)),
      context_(certificate.server_context()),
      listener_(listen_on_loopback(SOMAXCONN)),
      port_(port_of(listener_)) {
  thread_ = std::thread([this] { serve(); });
}

RawServer::~RawServer() {
  shutdown(listener_.get(), SHUT_RDWR);
  thread_.join();
}

std::string RawServer::url() const {
  return (context_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + "/";
}

void RawServer::serve() const {
  // OpenSSL writes to a client that has left with write(), which would end the process.
  sigset_t broken_pipe;
  sigemptyset(&broken_pipe);
  sigaddset(&broken_pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
  while (true) {
    const FileDescriptor client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client.get() < 0) return;
    if (context_)
      talk_tls(client.get());
    else
      talk(client.get());
  }
}

void RawServer::talk(int client) const {
  std::array<char, 4096> request;
  if (recv(client, request.data(), request.size(), 0) <= 0) return;
  send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
}

void RawServer::talk_tls(int client) const {
  const std::unique_ptr<SSL, FreeSsl> ssl(SSL_new(context_.get()));
  SSL_set_fd(ssl.get(), client);
  std::array<char, 4096> request;
  if (SSL_accept(ssl.get()) != 1 ||
      SSL_read(ssl.get(), request.data(), static_cast<int>(request.size())) <= 0)
    return;
  SSL_write(ssl.get(), answer_.data(), static_cast<int>(answer_.size()));
  SSL_shutdown(ssl.get());
}

}  // namespace test_support
