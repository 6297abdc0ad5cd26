// The header lines that the user adds to the requests, and who is sent which.
//
//   const RequestHeaders headers({"Accept-Language: de", "Authorization: Bearer x"});
//   curl_easy_setopt(easy, CURLOPT_HTTPHEADER, is_listed ? headers.for_listed_origin() :
//   headers.for_others()); if (is_listed) curl_easy_setopt(easy, CURLOPT_COOKIE, headers.cookies().c_str());
//
// A line is as curl takes it: "Name: value", "Name;" for an empty value, "Name:" to leave out a header that
// would be sent otherwise. Authorization, Cookie and Proxy-Authorization are the user's own, and go to no
// other origins than those that the user listed. Cookies are no line of the list, because libcurl writes a
// second Cookie header beside it if it keeps cookies; what CURLOPT_COOKIE holds it joins to its own.
//
// Contract: a value that may be moved; the lists live as long as it, and are null where there is no line.
// Lines that refuse_bad_header() has no word against. Throws std::bad_alloc. Source: CURLOPT_HTTPHEADER(3);
// RFC 9110, 5.1, 5.5 and 5.6.2; RFC 6265, 5.4
#pragma once

#include <string>
#include <vector>

#include <curl/curl.h>

#include "crawler/http/curl_list.h"

namespace crawler::http {

class RequestHeaders {
 public:
  explicit RequestHeaders(const std::vector<std::string>& lines);

  curl_slist* for_listed_origin() const { return for_listed_origin_.get(); }
  curl_slist* for_others() const { return for_others_.get(); }
  /// "a=1; b=2", for listed origins; empty if there are none.
  const std::string& cookies() const { return cookies_; }

 private:
  CurlList for_listed_origin_;
  CurlList for_others_;
  std::string cookies_;
};

/// Why the line cannot be sent; empty if it can.
std::string refuse_bad_header(const std::string& line);

}  // namespace crawler::http
