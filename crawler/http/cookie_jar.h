// The cookies of all requests: those of the user's file, and those that the answers set.
//
//   CookieJar jar("cookies.txt");                       // throws if it has none
//   jar.attach(easy);                                   // once for each handle, when it is made
//   jar.make_room();                                    // before each transfer
//   const std::string own = jar.for_listed_origin(url); // for CURLOPT_COOKIE, if the user listed the origin
//   jar.note_header(url, line);                         // for each header line of an answer
//
// libcurl keeps them and knows whose they are, by domain, path, scheme and the list of public suffixes. Only
// those of the file that have no domain are kept here: nobody but a listed origin is sent them, and not after
// it has set one of the same name itself.
//
// Contract: loop thread only; outlives the handles. The file is read once, and never written. What the
// servers set has a bound of kMaxBytes: then all is forgotten but the file. Source: libcurl-share(3),
// CURLOPT_COOKIELIST(3), CURLOPT_COOKIE(3), RFC 6265
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include <curl/curl.h>

#include "crawler/http/cookie_file.h"

namespace crawler::http {

class CookieJar {
 public:
  /// What a cookie weighs besides its line.
  static constexpr std::size_t kCookieBytes = 500;
  /// 2,000 cookies, or fewer large ones: libcurl goes through all of them for each request, and again for
  /// each cookie that is set. It takes 50 µs then, and 600 µs with 10,000.
  static constexpr std::size_t kMaxBytes = 2'000 * kCookieBytes;

  /// Throws std::runtime_error, as read_cookie_file() does.
  explicit CookieJar(const std::filesystem::path& file);
  CookieJar(const CookieJar&) = delete;
  CookieJar& operator=(const CookieJar&) = delete;

  /// Not twice: libcurl counts up.
  void attach(CURL* easy);
  /// Never from within libcurl.
  void make_room();
  /// "a=1; b=2"; empty if there are none.
  std::string for_listed_origin(std::string_view url) const;
  /// From within libcurl, too.
  void note_header(std::string_view url, std::string_view line);

 private:
  struct CleanUp {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
  };

  void reload();

  const CookieFile file_;
  std::unique_ptr<CURLSH, CleanUp> share_;
  std::size_t held_bytes_ = 0;                // at most, of what the servers have set
  std::unordered_set<std::string> replaced_;  // origins, each with the name of a cookie that it set
};

}  // namespace crawler::http
