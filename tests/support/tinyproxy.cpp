#include "tests/support/tinyproxy.h"

#include <chrono>
#include <stdexcept>

#include "tests/support/free_port.h"

namespace test_support {

using std::chrono_literals::operator""ms;

std::filesystem::path Tinyproxy::program() {
  for (const char* path : {CRAWL_TOOLS "/tinyproxy", "/usr/bin/tinyproxy"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

Tinyproxy::Tinyproxy(const std::string& directives) : port_(free_port()) {
  const std::string file = (dir_.path() / "tinyproxy.conf").string();
  write_file(file, "Port " + std::to_string(port_) +
                       "\nListen 127.0.0.1\nTimeout 60\nMaxClients 200\nLogLevel Critical\nPidFile \"" +
                       dir_.path().string() + "/pid\"\nLogFile \"" + dir_.path().string() + "/log\"\n" +
                       directives + "\n");
  process_ =
      std::make_unique<Process>(Command{.program = program().string(), .arguments = {"-d", "-c", file}});
  while (!accepts(port_)) {
    if (process_->wait(10ms)) throw std::runtime_error("tinyproxy ended: " + process_->err());
  }
}

}  // namespace test_support
