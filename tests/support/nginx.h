// Debian's nginx as a web server of a test's own: a process on loopback, not the service of the machine.
//
//   Nginx nginx("/usr/share/doc/python3/html");
//   nginx.url("index.html");       // "http://127.0.0.1:41871/index.html"
//
// Contract: serves the directory's files until it is destroyed; ready when the constructor returns. Throws
// std::runtime_error if it does not start. program() is empty where there is no nginx.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace test_support {

class Nginx {
 public:
  explicit Nginx(const std::filesystem::path& root);

  static std::filesystem::path program();
  std::string url(const std::string& path) const;

 private:
  TempDir dir_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace test_support
