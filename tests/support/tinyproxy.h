// Debian's tinyproxy as an HTTP proxy of a test's own: a process on loopback, not a service of the machine.
//
//   Tinyproxy proxy("ConnectPort 563");
//   proxy.url();                          // "http://127.0.0.1:41873": for https it connects to port 563
//   alone
//
// Contract: forwards until it is destroyed; ready when the constructor returns. `directives` are lines of its
// own configuration. Throws std::runtime_error if it does not start. program() is empty where there is none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace test_support {

class Tinyproxy {
 public:
  explicit Tinyproxy(const std::string& directives = "");

  static std::filesystem::path program();
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  TempDir dir_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace test_support
