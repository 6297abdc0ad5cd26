// One of libcurl's easy handles, with room for its words about what went wrong.
//
//   EasyHandle easy;
//   curl_easy_setopt(easy.curl(), CURLOPT_URL, url.c_str());
//
// Contract: loop thread only; leaves its multi before it goes. Neither copied nor moved: libcurl writes into
// it. Source: libcurl-easy(3), CURLOPT_ERRORBUFFER(3)
#pragma once

#include <array>
#include <memory>
#include <new>

#include <curl/curl.h>

namespace crawler::http {

class EasyHandle {
 public:
  /// Throws std::bad_alloc.
  EasyHandle() : curl_(curl_easy_init()) {
    if (!curl_ || curl_easy_setopt(curl(), CURLOPT_ERRORBUFFER, message_.data()) != CURLE_OK)
      throw std::bad_alloc();
  }
  EasyHandle(const EasyHandle&) = delete;
  EasyHandle& operator=(const EasyHandle&) = delete;

  CURL* curl() const { return curl_.get(); }
  /// libcurl's own words for what went wrong since they were cleared; empty if it found nothing.
  const char* message() const { return message_.data(); }
  void clear_message() { message_.front() = '\0'; }

 private:
  struct CleanUp {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };
  std::array<char, CURL_ERROR_SIZE> message_{};  // first: libcurl may still write to it in the clean-up
  std::unique_ptr<CURL, CleanUp> curl_;
};

}  // namespace crawler::http
