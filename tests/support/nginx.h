// Debian's nginx as a web server of a test's own: a process on loopback, not the service of the machine.
//
//   Nginx nginx("/usr/share/doc/python3/html");
//   nginx.url("index.html");       // "http://127.0.0.1:41871/index.html"
//   Nginx secure(root, certificate, "keepalive_requests 10;");   // https, with HTTP/2
//
// Contract: serves the directory's files until it is destroyed; ready when the constructor returns. Each
// answer names its connection, by a number in the header X-Connection. `directives` are nginx's own, of the
// server's block. Throws std::runtime_error if it does not start. program() is empty where there is no nginx.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/certificate.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace test_support {

class Nginx {
 public:
  explicit Nginx(const std::filesystem::path& root);
  /// For https://127.0.0.1.
  Nginx(const std::filesystem::path& root, const Certificate& certificate, const std::string& directives);

  static std::filesystem::path program();
  std::string url(const std::string& path) const;

 private:
  void start(const std::string& listen, const std::string& directives);

  TempDir dir_;
  std::uint16_t port_ = 0;
  std::string scheme_;
  std::unique_ptr<Process> process_;
};

}  // namespace test_support
