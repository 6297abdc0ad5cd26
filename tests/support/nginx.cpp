#include "tests/support/nginx.h"

#include <arpa/inet.h>
#include <chrono>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>

#include "tests/support/file_descriptor.h"

namespace test_support {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// nginx cannot be told to choose a port itself.
std::uint16_t free_port() {
  const FileDescriptor socket_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(socket_fd.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(socket_fd.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no port is free");
  return ntohs(address.sin_port);
}

bool accepts(std::uint16_t port) {
  const FileDescriptor socket_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback(port);
  return connect(socket_fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

std::filesystem::path Nginx::program() {
  for (const char* path : {CRAWL_TOOLS "/nginx", "/usr/sbin/nginx"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

Nginx::Nginx(const std::filesystem::path& root) : port_(free_port()) {
  const std::string dir = dir_.path().string();
  std::filesystem::permissions(dir, std::filesystem::perms(0755));  // its worker is another user
  write_file(dir_.path() / "nginx.conf",
             "daemon off; master_process off; pid " + dir + "/pid; error_log " + dir +
                 "/error.log;\n"
                 "events { worker_connections 1024; }\n"
                 "http { access_log off; types { text/html html; text/css css; text/javascript js; image/png "
                 "png; }\n"
                 "client_body_temp_path " +
                 dir + "/body; proxy_temp_path " + dir + "/proxy; fastcgi_temp_path " + dir +
                 "/fastcgi; uwsgi_temp_path " + dir + "/uwsgi; scgi_temp_path " + dir +
                 "/scgi;\n"
                 "server { listen 127.0.0.1:" +
                 std::to_string(port_) + "; root " + root.string() + "; } }\n");
  process_ = std::make_unique<Process>(Command{
      .program = program().string(), .arguments = {"-c", dir + "/nginx.conf", "-e", dir + "/error.log"}});
  while (!accepts(port_)) {
    if (process_->wait(10ms)) throw std::runtime_error("nginx ended: " + process_->err());
  }
}

std::string Nginx::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/" + path;
}

}  // namespace test_support
