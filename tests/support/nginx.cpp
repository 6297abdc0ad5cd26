#include "tests/support/nginx.h"

#include <stdexcept>

#include "tests/support/free_port.h"

namespace test_support {

std::filesystem::path Nginx::program() {
  for (const char* path : {CRAWL_TOOLS "/nginx", "/usr/sbin/nginx"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

Nginx::Nginx(const std::filesystem::path& root) : port_(free_port()), scheme_("http") {
  start("", "root " + root.string() + ";");
}

Nginx::Nginx(const std::filesystem::path& root, const Certificate& certificate, const std::string& directives)
    : port_(free_port()), scheme_("https") {
  const std::string dir = dir_.path().string();
  write_file(dir + "/certificate.pem", certificate.pem());
  write_file(dir + "/key.pem", certificate.key_pem());
  start(" ssl http2", "root " + root.string() + "; ssl_certificate " + dir +
                          "/certificate.pem; ssl_certificate_key " + dir + "/key.pem; " + directives);
}

void Nginx::start(const std::string& listen, const std::string& directives) {
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
                 std::to_string(port_) + listen + "; add_header X-Connection $connection; " + directives +
                 " } }\n");
  process_ = std::make_unique<Process>(Command{
      .program = program().string(), .arguments = {"-c", dir + "/nginx.conf", "-e", dir + "/error.log"}});
  wait_until_accepted(port_, *process_, "nginx");
}

std::string Nginx::url(const std::string& path) const {
  return scheme_ + "://127.0.0.1:" + std::to_string(port_) + "/" + path;
}

}  // namespace test_support
