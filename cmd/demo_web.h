// A web of pages that answer after a while, as pages do: what the demo crawls.
//
//   DemoWeb web(60, 100ms);
//   web.url(7);     // "http://127.0.0.1:41871/7"
//
// Contract: serves on the current loop, on a free port of 127.0.0.1, while it lives. Source: libevent's
// evhttp
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include <event2/http.h>

namespace cmd {

class DemoWeb {
 public:
  DemoWeb(int pages, std::chrono::milliseconds delay);
  ~DemoWeb();
  DemoWeb(const DemoWeb&) = delete;
  DemoWeb& operator=(const DemoWeb&) = delete;

  int pages() const { return pages_; }
  std::chrono::milliseconds delay() const { return delay_; }
  std::string url(int page) const;

 private:
  struct FreeHttp {
    void operator()(evhttp* http) const { evhttp_free(http); }
  };
  class Reply;
  static void on_request(evhttp_request* request, void* web);

  int pages_;
  std::chrono::milliseconds delay_;
  std::uint16_t port_ = 0;
  std::unique_ptr<evhttp, FreeHttp> http_;
};

}  // namespace cmd
