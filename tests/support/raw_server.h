// A server that says the same bytes to everybody who says anything, over TCP or TLS, and hangs up.
//
//   RawServer server("HTTP/1.1 200 OK\r\n\r\nhello");
//   RawServer secure("HTTP/1.1 200 OK\r\n\r\nhello", make_certificate("127.0.0.1"));
//   fetch(secure.url());
//
// Contract: one client at a time, on a thread of its own; its clients end before it does.
#pragma once

#include <cstdint>
#include <string>
#include <thread>

#include "tests/support/certificate.h"
#include "tests/support/file_descriptor.h"

namespace test_support {

class RawServer {
 public:
  explicit RawServer(std::string answer);
  RawServer(std::string answer, const Certificate& certificate);
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer();

  std::string url() const;

 private:
  void serve() const;
  void talk(int client) const;
  void talk_tls(int client) const;

  std::string answer_;
  SslContext context_;  // null: plain TCP
  FileDescriptor listener_;
  std::uint16_t port_;
  std::thread thread_;  // last: it uses all of the above
};

/// A port of 127.0.0.1 that accepts `backlog` + 1 connections into a queue and never answers. Further ones
/// get no answer to their handshake.
FileDescriptor listen_on_loopback(int backlog);
std::uint16_t port_of(const FileDescriptor& socket);
/// One end of a connection to that port, which may still be on its way.
FileDescriptor connect_to_loopback(std::uint16_t port);

}  // namespace test_support
