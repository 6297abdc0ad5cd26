// libcurl's linked lists of strings, as options take and give them.
//
//   CurlList lines;
//   append(lines, "Accept: text/html");
//   curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines.get());     // which outlives the transfer
//
// Contract: owns its strings; an empty list is null. Source: curl_slist_append(3)
#pragma once

#include <memory>
#include <new>
#include <string>

#include <curl/curl.h>

namespace crawler::http {

struct FreeCurlList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, FreeCurlList>;

/// Throws std::bad_alloc, and then the list is as it was.
inline void append(CurlList& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());  // it is the head of the longer one, or was null
  list.reset(longer);
}

}  // namespace crawler::http
