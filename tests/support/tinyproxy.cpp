#include "tests/support/tinyproxy.h"

#include <stdexcept>

#include "tests/support/free_port.h"

namespace test_support {

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
  wait_until_accepted(port_, *process_, "tinyproxy");
}

}  // namespace test_support
