#include "cmd/demo_web.h"

#include <arpa/inet.h>
#include <stdexcept>
#include <sys/socket.h>

#include <event2/buffer.h>

#include "crawler/async/event_loop.h"
#include "crawler/async/timer.h"

namespace cmd {

using crawler::async::EventLoop;

/// An answer that waits for its time. Goes with its connection if that closes first.
class DemoWeb::Reply final : public crawler::async::Timer {
 public:
  Reply(const DemoWeb& web, evhttp_request* request) : web_(web), request_(request) {
    evhttp_connection_set_closecb(evhttp_request_get_connection(request), &Reply::on_close, this);
    EventLoop& loop = EventLoop::current();
    loop.timers().arm(*this, loop.now() + web.delay());
  }

 private:
  void fire() noexcept override {
    evhttp_connection_set_closecb(evhttp_request_get_connection(request_), nullptr, nullptr);
    send();
    delete this;
  }
  static void on_close(evhttp_connection*, void* reply) { delete static_cast<Reply*>(reply); }

  void send() const {
    const std::string path = evhttp_request_get_uri(request_);
    const std::string page = path.substr(1);
    evbuffer* body = evhttp_request_get_output_buffer(request_);
    evhttp_add_header(evhttp_request_get_output_headers(request_), "Content-Type",
                      "text/html; charset=utf-8");
    evbuffer_add_printf(body,
                        "<!doctype html><html lang=\"en\"><title>Page %s</title><h1>Page %s</h1>"
                        "<p>One of %d pages. <a href=\"/%d\">Another</a>.</p></html>",
                        page.c_str(), page.c_str(), web_.pages(),
                        (std::atoi(page.c_str()) + 1) % web_.pages());
    evhttp_send_reply(request_, HTTP_OK, "OK", nullptr);
  }

  const DemoWeb& web_;
  evhttp_request* request_;
};

DemoWeb::DemoWeb(int pages, std::chrono::milliseconds delay)
    : pages_(pages), delay_(delay), http_(evhttp_new(EventLoop::current().base())) {
  if (!http_) throw std::bad_alloc();
  evhttp_bound_socket* bound = evhttp_bind_socket_with_handle(http_.get(), "127.0.0.1", 0);
  if (bound == nullptr) throw std::runtime_error("the demo's web cannot listen on 127.0.0.1");
  sockaddr_in address = {};
  socklen_t length = sizeof address;
  getsockname(evhttp_bound_socket_get_fd(bound), reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  evhttp_set_gencb(http_.get(), &DemoWeb::on_request, this);
}

DemoWeb::~DemoWeb() = default;

std::string DemoWeb::url(int page) const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/" + std::to_string(page);
}

void DemoWeb::on_request(evhttp_request* request, void* web) {
  new Reply(*static_cast<DemoWeb*>(web), request);
}

}  // namespace cmd
